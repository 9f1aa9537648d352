namespace Rcu.Resolution;

/// <summary>Which of the pairs that wait a data steward wants to see.</summary>
/// <param name="Reason">The evidence that must bring them together: <c>phone</c>, <c>siren</c>…</param>
/// <param name="Blocker">The evidence or the veto that must hold them apart.</param>
/// <param name="Source">The name of a source that must hold one of the two.</param>
/// <param name="OtherSource">The name of the source of the other one.</param>
/// <param name="Unsure">Those a steward could not judge, which wait for another.</param>
/// <param name="Disputed">Those of which two stewards say opposite things.</param>
/// <param name="Reader">The steward who asks: the next pair is none that another has open.</param>
/// <param name="Segment">The segment that one of the two must be in, itself or by its account.</param>
/// <param name="Owners">The names of who must be in charge of one of their accounts; null for anybody.</param>
/// <param name="Drawn">Those the hub joined by itself and that were drawn to be checked.</param>
public sealed record MatchFilter(
    ClusterKind Kind = ClusterKind.Account,
    MatchBand? Band = null,
    string? Reason = null,
    string? Blocker = null,
    string? Source = null,
    string? OtherSource = null,
    bool Unsure = false,
    bool Drawn = false,
    bool Disputed = false,
    string? Reader = null,
    Guid? Segment = null,
    IReadOnlyList<string>? Owners = null,
    MatchSort Sort = MatchSort.Urgency)
{
    /// <summary>All that waits in the same way, whatever else was asked for.</summary>
    internal MatchFilter Whole => new(Kind, Unsure: Unsure, Drawn: Drawn, Disputed: Disputed, Sort: Sort);

    /// <summary>What evidence can speak of, for the choice of a reason or a blocker.</summary>
    public static IReadOnlyList<string> EvidenceOf(ClusterKind kind) => kind is ClusterKind.Account
        ? ["siren", "name", "place", "phone", "web"]
        : ["name", "mail", "phone", "employer", "place"];

    /// <summary>The blockers that are no evidence: what forbids to join whatever the score.</summary>
    public static readonly IReadOnlyList<string> Vetoes = [Matching.Vetoes.Source, Matching.Vetoes.Bridge];
}
