using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>
/// What the process that resolved last remembers, so that the next resolution looks at what changed alone. It holds only as
/// long as nobody else resolved since, and the settings are the same.
/// </summary>
public sealed class LiveState
{
    internal LiveHub? Hub { get; private set; }

    internal void Keep(LiveHub hub) => Hub = hub;

    internal void Forget() => Hub = null;
}

/// <summary>The resolved accounts and contacts, and what they were resolved under.</summary>
/// <param name="Stamp">The resolution it is the outcome of.</param>
internal sealed record LiveHub(
    Guid Stamp, DateTimeOffset At, LiveRecords Accounts, LiveRecords Contacts, EmployerKeys Keys, Dictionary<Guid, Guid> Employers,
    ResolutionData Data)
{
    public bool Fits(ResolutionData data) =>
        data.SirenAliases.SequenceEqual(Data.SirenAliases) && data.SourcesWithoutDuplicates.SetEquals(Data.SourcesWithoutDuplicates)
        && Enum.GetValues<ClusterKind>().All(kind => data.CutsOf(kind) == Data.CutsOf(kind));

    public IReadOnlyList<Decision>? NewDecisions(ClusterKind kind, ResolutionData data)
    {
        var (now, before) = kind is ClusterKind.Account
            ? (data.AccountDecisions, Data.AccountDecisions)
            : (data.ContactDecisions, Data.ContactDecisions);
        return now.SequenceEqual(before) ? null : now;
    }
}
