using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Resolution;

/// <summary>Brings to each pair what its two records say, the golden rows they are in, and what those are worth: four queries, however many pairs.</summary>
internal sealed class MatchSides(RcuDb db)
{
    public async Task<IReadOnlyList<MatchRow>> JoinAsync(IReadOnlyList<Match> matches, CancellationToken ct)
    {
        var sides = await LoadAsync([.. matches.SelectMany(m => new[] { (m.LeftRecordId, m.Kind), (m.RightRecordId, m.Kind) })], ct);
        var accounts = sides.Values.Select(s => s.AccountId).OfType<Guid>().Distinct().ToList();
        var worth = await db.AccountMetrics.AsNoTracking().Where(m => accounts.Contains(m.AccountId)).ToDictionaryAsync(m => m.AccountId, ct);
        return
        [
            .. matches.Select(match =>
            {
                var (left, right) = (sides.GetValueOrDefault((match.LeftRecordId, match.Kind)), sides.GetValueOrDefault((match.RightRecordId, match.Kind)));
                var known = new[] { left?.AccountId, right?.AccountId }.OfType<Guid>().Distinct()
                    .Select(id => worth.GetValueOrDefault(id)).Where(m => m is not null).ToList();
                return new MatchRow(match, left, right, new MatchStake(
                    known.Sum(m => m!.Revenue12m), known.Sum(m => m!.OpenOpportunities), known.Sum(m => m!.ContactCount)));
            }),
        ];
    }

    public async Task<Dictionary<(Guid Record, ClusterKind Kind), MatchSide>> LoadAsync(
        IReadOnlyCollection<(Guid Record, ClusterKind Kind)> wanted, CancellationToken ct)
    {
        var ids = wanted.Select(w => w.Record).Distinct().ToList();
        var records = await db.Records.AsNoTracking().Where(r => ids.Contains(r.Id) && r.RemovedAt == null)
            .Join(db.Sources, r => r.SourceId, s => s.Id, (r, s) => new { r.Id, r.ExternalKey, r.Fields, r.ChangedAt, s.Name, s.Label })
            .ToDictionaryAsync(r => r.Id, ct);
        var links = await db.Links.AsNoTracking().Where(l => ids.Contains(l.RecordId))
            .Select(l => new { l.RecordId, l.Kind, l.ClusterId })
            .ToDictionaryAsync(l => (l.RecordId, l.Kind), l => l.ClusterId, ct);
        return wanted.Distinct().Where(w => records.ContainsKey(w.Record)).ToDictionary(w => w, w =>
        {
            var record = records[w.Record];
            return new MatchSide
            {
                RecordId = record.Id,
                Source = record.Name,
                SourceLabel = record.Label,
                Key = record.ExternalKey,
                Fields = record.Fields,
                ChangedAt = record.ChangedAt,
                ClusterId = links.TryGetValue((record.Id, w.Kind), out var cluster) ? cluster : null,
                AccountId = links.TryGetValue((record.Id, ClusterKind.Account), out var account) ? account : null,
            };
        });
    }
}
