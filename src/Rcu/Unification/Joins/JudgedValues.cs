using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Resolution;

namespace Rcu.Unification.Joins;

/// <summary>Keeps what a steward typed along with a judgement, and takes it back with it; what was typed over it since stays.</summary>
public sealed class JudgedValues(RcuDb db, TimeProvider clock) : IFollowsJudgement
{
    /// <summary>In the transaction of the judgement.</summary>
    internal async Task WriteAsync(Match match, (Guid One, Guid Other) golden, string name, IReadOnlyDictionary<string, string> values, string by, CancellationToken ct)
    {
        var writer = new CorrectionWriter(db, clock);
        await writer.WriteAsync(
            match.Kind, [new Correction(golden.One, name, values, golden.One == golden.Other ? null : golden.Other)], $"Choix à la réunion de « {name} »", by, ct);
        db.AddRange(writer.Changes.Select(change => new JudgedValue
        {
            MatchId = match.Id,
            Kind = match.Kind is ClusterKind.Account ? RecordKind.Account : RecordKind.Contact,
            ExternalKey = change.Key,
            Before = change.Before,
            After = change.After,
            WrittenAt = clock.GetUtcNow(),
        }));
        await db.SaveChangesAsync(ct);
    }

    public async Task TakeBackAsync(Match match, string by, CancellationToken ct)
    {
        var written = await db.Set<JudgedValue>().Where(v => v.MatchId == match.Id && v.UndoneAt == null).OrderBy(v => v.Id).ToListAsync(ct);
        if (written.Count == 0)
        {
            return;
        }

        var typed = new TypedRecords(db, clock);
        var source = await typed.SourceAsync(ct);
        var (kind, keys) = (written[0].Kind, written.ConvertAll(v => v.ExternalKey));
        var now = (await db.Records.AsNoTracking().Where(r => r.SourceId == source.Id && r.Kind == kind && r.RemovedAt == null && keys.Contains(r.ExternalKey))
            .Join(db.SourceRecords, r => r.SourceRecordId, v => v.Id, (r, v) => new { r.ExternalKey, v.Payload }).ToListAsync(ct))
            .ToDictionary(r => r.ExternalKey, r => r.Payload.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString()));
        var versions = new List<TypedRecord>();
        foreach (var value in written)
        {
            value.UndoneAt = clock.GetUtcNow();
            if (now.GetValueOrDefault(value.ExternalKey) is { } current)
            {
                versions.Add(new TypedRecord(value.ExternalKey, Restored(current, value)));
            }
        }

        await db.SaveChangesAsync(ct);
        if (versions.Count > 0)
        {
            await typed.WriteAsync(source, kind, "Choix repris avec le jugement", versions, by, ct);
        }
    }

    private static Dictionary<string, string> Restored(Dictionary<string, string> current, JudgedValue value)
    {
        var restored = new Dictionary<string, string>(current);
        foreach (var field in value.Before.Keys.Union(value.After.Keys))
        {
            if (current.GetValueOrDefault(field) != value.After.GetValueOrDefault(field))
            {
                continue; // somebody typed something else since
            }

            if (value.Before.TryGetValue(field, out var before))
            {
                restored[field] = before;
            }
            else
            {
                restored.Remove(field);
            }
        }

        return restored;
    }
}
