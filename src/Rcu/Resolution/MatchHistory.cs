using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Resolution;

/// <summary>What stewards decided, the latest first, with what can still be taken back.</summary>
public sealed class MatchHistory(RcuDb db)
{
    /// <param name="before">The last decision of the page before.</param>
    public async Task<IReadOnlyList<DecisionRow>> ListAsync(Guid? before, int count, CancellationToken ct)
    {
        var found = await db.Decisions.AsNoTracking()
            .Where(d => before == null || d.Id < before)
            .OrderByDescending(d => d.Id)
            .Take(Math.Clamp(count, 1, 100))
            .Select(d => new
            {
                Decision = d,
                Match = db.Matches
                    .Where(m => m.Kind == d.Kind && m.LeftRecordId == d.LeftRecordId && m.RightRecordId == d.RightRecordId)
                    .Select(m => new { m.Id, m.Judgement })
                    .FirstOrDefault(),
            })
            .ToListAsync(ct);
        var sides = await new MatchSides(db).LoadAsync(
            [.. found.SelectMany(f => new[] { (f.Decision.LeftRecordId, f.Decision.Kind), (f.Decision.RightRecordId, f.Decision.Kind) })], ct);
        return
        [
            .. found.Select(f =>
            {
                var (left, right) = (sides.GetValueOrDefault((f.Decision.LeftRecordId, f.Decision.Kind)), sides.GetValueOrDefault((f.Decision.RightRecordId, f.Decision.Kind)));

                // What ties a correction to the record it was typed about goes away with the correction.
                var isTyped = left?.Source == Ingestion.Source.Saisie || right?.Source == Ingestion.Source.Saisie;
                return new DecisionRow(
                    f.Decision, left, right, f.Match?.Id,
                    f.Decision.RevokedAt is null && (f.Match is null ? !isTyped : f.Match.Judgement is not Judgement.Undecided));
            }),
        ];
    }
}

/// <summary>A decision, the records it is about, and the pair it answered.</summary>
/// <param name="MatchId">Null for a record that was parted from its account without a question.</param>
public sealed record DecisionRow(StewardDecision Decision, MatchSide? Left, MatchSide? Right, Guid? MatchId, bool MayUndo);
