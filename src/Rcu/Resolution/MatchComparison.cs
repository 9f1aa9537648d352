using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>One pair under the steward's eyes: what the two records say, why the engine thinks so, and what joining them would move.</summary>
public sealed class MatchComparison(RcuDb db)
{
    public async Task<Result<ComparedPair>> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.Matches.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } match)
        {
            return ResolutionErrors.MatchNotFound;
        }

        var row = (await new MatchSides(db).JoinAsync([match], ct))[0];
        return row is { Left: { } left, Right: { } right }
            ? new ComparedPair(row, left, right, await EffectsAsync(match.Kind, [.. Ids(match.Kind, left, right)], ct))
            {
                MayBeJoined = match.Veto is not Vetoes.Siren && !await MatchReview.HasTwoSirensAsync(db, match, ct),
            }
            : ResolutionErrors.MatchNotFound;
    }

    private static IEnumerable<Guid> Ids(ClusterKind kind, MatchSide left, MatchSide right) =>
        (kind is ClusterKind.Account ? new[] { left.AccountId, right.AccountId } : [left.ClusterId, right.ClusterId]).OfType<Guid>().Distinct();

    private async Task<JoinEffects> EffectsAsync(ClusterKind kind, List<Guid> ids, CancellationToken ct) => kind is ClusterKind.Account
        ? new JoinEffects(
            ids.Count,
            await db.Roles.Where(r => ids.Contains(r.AccountId)).Select(r => r.ContactId).Distinct().CountAsync(ct),
            await db.Documents.CountAsync(d => ids.Contains(d.AccountId), ct),
            await db.Opportunities.CountAsync(o => ids.Contains(o.AccountId), ct),
            await db.Interactions.CountAsync(i => ids.Contains(i.AccountId), ct))
        : new JoinEffects(
            ids.Count,
            0,
            0,
            0,
            await db.Interactions.CountAsync(i => i.ContactId != null && ids.Contains(i.ContactId.Value), ct));
}

/// <summary>A pair laid out for a judgement.</summary>
public sealed record ComparedPair(MatchRow Row, MatchSide Left, MatchSide Right, JoinEffects Effects)
{
    public Match Match => Row.Match;

    /// <summary>Two legal entities are never one: <see cref="MatchReview"/> would refuse.</summary>
    public required bool MayBeJoined { get; init; }

    /// <summary>In bits, before any evidence: how rare it is that two records taken at random are one.</summary>
    public double Prior => Match.Weight - Match.Evidence.Sum(e => e.Weight + e.TermFrequencyPart);
}

/// <summary>What would be together once the two are one.</summary>
/// <param name="Golden">How many golden rows would become one.</param>
public sealed record JoinEffects(int Golden, int Contacts, int Documents, int Opportunities, int Interactions);
