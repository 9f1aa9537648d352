using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>
/// A golden row as it was: computed again from what its sources had said by then, the records that were joined to it, and the locks
/// that held. Rules and the order of the sources are today's, for they are not kept.
/// </summary>
public sealed class Past(RcuDb db, TimeProvider clock)
{
    private const int MostMoments = 200;

    /// <summary>The row at the end of two days, side by side.</summary>
    /// <param name="then">The first moment; nothing that came after it counts.</param>
    /// <param name="later">The moment it is compared with; null for now.</param>
    public async Task<Result<PastSheet>> CompareAsync(
        AccountScope scope, ClusterKind kind, Guid id, DateTimeOffset then, DateTimeOffset? later, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = later ?? now;
        if (then > until || until > now.AddDays(1))
        {
            return ExplorationErrors.NotYet;
        }

        if (await NameAsync(scope, kind, id, ct) is not { } name)
        {
            return NotFound(kind);
        }

        var told = await new PastRecords(db).LoadAsync(kind, id, ct);
        var (first, last) = (told.At(then), told.At(until));
        return new PastSheet(
            kind, id, name, then, until, told.IsCut,
            [
                .. first.Keys.Union(last.Keys).Where(field => !CustomField.IsReserved(field))
                    .OrderBy(field => Lineage.PlaceOf(field)).ThenBy(field => field, StringComparer.Ordinal)
                    .Select(field => new PastField(field, first.GetValueOrDefault(field), last.GetValueOrDefault(field))),
            ]);
    }

    /// <summary>Every value a field had, the latest first, with who said it and why it was chosen.</summary>
    public async Task<Result<IReadOnlyList<PastValue>>> HistoryAsync(AccountScope scope, ClusterKind kind, Guid id, string field, CancellationToken ct)
    {
        if (await NameAsync(scope, kind, id, ct) is null)
        {
            return NotFound(kind);
        }

        var told = await new PastRecords(db).LoadAsync(kind, id, ct);
        var history = new List<PastValue>();
        foreach (var moment in told.Moments.Where(m => m <= clock.GetUtcNow()).TakeLast(MostMoments))
        {
            var origin = told.At(moment).GetValueOrDefault(field);
            if (history.Count == 0 ? origin is not null : origin?.Value != history[^1].Origin?.Value)
            {
                history.Add(new PastValue(moment, origin));
            }
        }

        history.Reverse();
        return history;
    }

    private static Error NotFound(ClusterKind kind) => kind is ClusterKind.Account ? ExplorationErrors.AccountNotFound : ExplorationErrors.ContactNotFound;

    private Task<string?> NameAsync(AccountScope scope, ClusterKind kind, Guid id, CancellationToken ct) => kind is ClusterKind.Account
        ? scope.Accounts(db).Where(a => a.Id == id).Select(a => a.Name).FirstOrDefaultAsync(ct)
        : scope.Contacts(db).Where(c => c.Id == id).Select(c => c.Name).FirstOrDefaultAsync(ct);
}

/// <summary>A golden row at two moments.</summary>
/// <param name="IsCut">Its sources said more than is read here: the oldest versions are left out.</param>
public sealed record PastSheet(ClusterKind Kind, Guid Id, string Name, DateTimeOffset At, DateTimeOffset Until, bool IsCut, IReadOnlyList<PastField> Fields)
{
    public int Changes => Fields.Count(f => f.IsChanged);
}

/// <summary>One field at two moments; null where nobody said anything of it.</summary>
public sealed record PastField(string Name, Origin? Then, Origin? Later)
{
    public bool IsChanged => Then?.Value != Later?.Value;
}

/// <summary>A value a field had from that moment on; null when it had none any more.</summary>
public sealed record PastValue(DateTimeOffset Since, Origin? Origin);
