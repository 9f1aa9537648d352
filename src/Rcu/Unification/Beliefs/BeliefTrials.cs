using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Resolution;
using Rcu.Unification.Locks;

namespace Rcu.Unification.Beliefs;

/// <summary>Computes golden rows as they are and as they would be, by the very function that will: nothing is written.</summary>
public sealed class BeliefTrials(NpgsqlDataSource database, RcuDb db, TimeProvider clock)
{
    /// <summary>Of each kind: on a larger base they are drawn, the same ones each time.</summary>
    public const int Most = 20_000;
    private const int Batch = 2_000;
    private const int Examples = 20;
    private const int ExamplesOfField = 4;

    public async Task<BeliefTrial> CompareAsync(BeliefSet now, BeliefSet then, CancellationToken ct)
    {
        var ranks = then.Sources.Select((name, i) => (name, i)).ToDictionary(s => s.name, s => s.i);
        var (looked, known, changes) = (0, 0, new List<ChangedValue>());
        foreach (var kind in Enum.GetValues<ClusterKind>())
        {
            var (ids, all) = await DrawAsync(kind, ct);
            (looked, known) = (looked + ids.Count, known + all);
            foreach (var batch in ids.Chunk(Batch))
            {
                changes.AddRange(await CompareAsync(kind, batch, now.PolicyFor(kind), then.PolicyFor(kind), ranks, ct));
            }
        }

        var touched = changes.Select(c => c.Id).Distinct().ToArray();
        var fields = changes.GroupBy(c => (c.Kind, c.Field)).Select(g => new ChangedField(g.Key.Kind, g.Key.Field, g.Count()))
            .OrderByDescending(f => f.Rows).ThenBy(f => f.Kind).ThenBy(f => f.Field, StringComparer.Ordinal).ToList();
        var examples = changes.GroupBy(c => (c.Kind, c.Field)).SelectMany(g => g.OrderBy(c => c.Id).Take(ExamplesOfField)).Take(Examples).ToList();
        return new BeliefTrial(looked, known, touched.Length, fields, await NamedAsync(examples, ct), await SegmentsAsync(touched, ct));
    }

    private async Task<(List<Guid> Ids, int All)> DrawAsync(ClusterKind kind, CancellationToken ct)
    {
        var name = kind.ToString();
        var ids = await db.Database.SqlQuery<Drawn>(
            $"""
            select l.cluster_id as "Id", count(*) over ()::int as "Known"
            from links l join records r on r.id = l.record_id and r.removed_at is null
            where l.kind = {name} group by l.cluster_id having count(distinct r.source_id) > 1
            order by hashtext(l.cluster_id::text), l.cluster_id limit {Most}
            """).ToListAsync(ct);
        return ([.. ids.Select(d => d.Id)], ids.Count == 0 ? 0 : ids[0].Known);
    }

    private async Task<List<ChangedValue>> CompareAsync(
        ClusterKind kind, Guid[] ids, SurvivorshipPolicy now, SurvivorshipPolicy then, Dictionary<string, int> ranks, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var records = await new ClusterReader(connection).RecordsAsync(kind, ids, ct);
        var locks = await new LockReader(db).OfAsync(kind, ids, records, clock.GetUtcNow(), ct);
        var changes = new List<ChangedValue>();
        foreach (var id in ids)
        {
            var said = records[id].ToList();
            if (said.Where(r => !r.IsContact).All(r => r.Source == Source.Sirene))
            {
                continue; // the register alone makes no account
            }

            var held = locks[id].ToList();
            var before = Survivors(kind, said, held, now);
            var after = Survivors(kind, said.ConvertAll(r => r with { Priority = ranks.GetValueOrDefault(r.Source, r.Priority) }), held, then);
            foreach (var field in before.Keys.Union(after.Keys))
            {
                var (was, would) = (before.GetValueOrDefault(field)?.Kept, after.GetValueOrDefault(field)?.Kept);
                if (was?.Value != would?.Value)
                {
                    changes.Add(new ChangedValue(kind, id, "", field, was?.Value, was?.Source, would?.Value, would?.Source));
                }
            }
        }

        return changes;
    }

    private static IReadOnlyDictionary<string, Survivor> Survivors(
        ClusterKind kind, IReadOnlyList<ClusterRecord> records, IReadOnlyCollection<ValueLock> locks, SurvivorshipPolicy policy) => kind is ClusterKind.Account
        ? AccountUnifier.Survivors(records, locks, policy)
        : ContactUnifier.Survivors(records, locks, policy);

    private async Task<List<ChangedValue>> NamedAsync(List<ChangedValue> examples, CancellationToken ct)
    {
        var ids = examples.Select(e => e.Id).Distinct().ToList();
        var names = await db.Accounts.Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Name })
            .Concat(db.Contacts.Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Name })).ToDictionaryAsync(n => n.Id, n => n.Name, ct);
        return examples.ConvertAll(e => e with { Name = names.GetValueOrDefault(e.Id, "") });
    }

    private async Task<IReadOnlyList<TouchedSegment>> SegmentsAsync(Guid[] ids, CancellationToken ct) => await db.Database.SqlQuery<TouchedSegment>(
        $"""
        select s.id as "Id", s.name as "Name", count(*)::int as "Rows",
          coalesce((select array_agg(d.name order by d.name) from destinations d where d.segment_id = s.id), array[]::text[]) as "Destinations"
        from segment_members m join segments s on s.id = m.segment_id
        where m.member_id = any({ids}) and m.exited_at is null and s.archived_at is null
        group by s.id, s.name order by count(*) desc, s.name
        """).ToListAsync(ct);

    private sealed record Drawn(Guid Id, int Known);
}
