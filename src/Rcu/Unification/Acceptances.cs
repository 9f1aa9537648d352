using Microsoft.EntityFrameworkCore;
using Rcu.Cleaning;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Resolution;

namespace Rcu.Unification;

/// <summary>
/// Writes what a person accepted about golden accounts as evidence of « Saisie », all in one run that can be undone. An account
/// that takes the SIREN of another is joined to it. The caller holds the transaction and asks for the stages that follow.
/// </summary>
public sealed class Acceptances(RcuDb db, TimeProvider clock)
{
    /// <summary>How many accounts one act may change.</summary>
    public const int Most = 500;

    private const string JoinedReason = "Même SIREN, accepté depuis le répertoire Sirene";

    public async Task<Accepted> WriteAsync(IReadOnlyList<Acceptance> accepted, string label, string by, CancellationToken ct)
    {
        var typed = new TypedRecords(db, clock);
        var source = await typed.SourceAsync(ct);
        var anchors = await AnchorsAsync(source, [.. accepted.Where(one => one.About is null).Select(one => one.AccountId)], ct);
        var known = accepted
            .Select(one => (One: one, Anchor: one.About ?? anchors.GetValueOrDefault(one.AccountId)))
            .Where(one => one.Anchor != Guid.Empty)
            .DistinctBy(one => one.Anchor)
            .ToList();
        if (known.Count == 0)
        {
            return new Accepted(null, []);
        }

        var said = await SaidAsync(source, [.. known.Select(one => Saisie.KeyOf(RecordKind.Account, one.Anchor))], ct);
        var versions = known.Select(one =>
        {
            var key = Saisie.KeyOf(RecordKind.Account, one.Anchor);
            var values = said.GetValueOrDefault(key) ?? [];
            foreach (var (field, value) in one.One.Values)
            {
                values[field] = value;
            }

            return new TypedRecord(key, values);
        }).ToList();
        var run = await typed.WriteAsync(source, RecordKind.Account, label, versions, by, ct);
        await TieAsync(source, [.. versions.Select(v => v.Key)], [.. known.Select(one => one.Anchor)], by, ct);
        var numbered = known.Where(one => one.One.Values.ContainsKey("siren")).ToList();
        return new Accepted(
            run.Id,
            await JoinAsync(
                source,
                [.. numbered.Select(one => one.One.AccountId)], [.. numbered.Select(one => one.Anchor)], [.. numbered.Select(one => one.One.Values["siren"])],
                by,
                ct));
    }

    /// <summary>Takes an acceptance back: what it joined comes apart, and so does what the register tied to what was typed.</summary>
    public async Task TakeBackAsync(Accepted accepted, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Decisions.Where(d => accepted.Decisions.Contains(d.Id) && d.RevokedAt == null)
            .ExecuteUpdateAsync(d => { d.SetProperty(x => x.RevokedBy, by); d.SetProperty(x => x.RevokedAt, now); }, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update decisions d set revoked_by = {by}, revoked_at = {now}
            from source_records said join records r on r.source_id = said.source_id and r.kind = said.kind and r.external_key = said.external_key
            where said.run_id = {accepted.Run} and d.revoked_at is null and d.decided_by = {RegisterEvidence.Author}
              and r.id in (d.left_record_id, d.right_record_id)
            """,
            ct);
    }

    // The first record of the account that is not typed: of another source than the register when there is one.
    private async Task<Dictionary<Guid, Guid>> AnchorsAsync(Source source, List<Guid> accounts, CancellationToken ct)
    {
        var members = await db.Links.AsNoTracking().Where(l => l.Kind == ClusterKind.Account && accounts.Contains(l.ClusterId))
            .Join(
                db.Records.Where(r => r.Kind == RecordKind.Account && r.RemovedAt == null && r.SourceId != source.Id),
                l => l.RecordId,
                r => r.Id,
                (l, r) => new { l.ClusterId, r.Id, IsRegister = db.Sources.Any(s => s.Id == r.SourceId && s.Name == Source.Sirene) })
            .ToListAsync(ct);
        return members.GroupBy(m => m.ClusterId)
            .ToDictionary(group => group.Key, group => group.OrderBy(m => m.IsRegister).ThenBy(m => m.Id).First().Id);
    }

    private async Task<Dictionary<string, Dictionary<string, string>>> SaidAsync(Source source, List<string> keys, CancellationToken ct)
    {
        var said = await db.Records.AsNoTracking()
            .Where(r => r.SourceId == source.Id && r.Kind == RecordKind.Account && r.RemovedAt == null && keys.Contains(r.ExternalKey))
            .Join(db.SourceRecords, r => r.SourceRecordId, s => s.Id, (r, s) => new { r.ExternalKey, s.Payload })
            .ToListAsync(ct);
        return said.ToDictionary(s => s.ExternalKey, s => s.Payload.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString()));
    }

    private Task<int> TieAsync(Source source, string[] keys, Guid[] anchors, string by, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        insert into decisions (id, kind, left_record_id, right_record_id, verdict, reason, decided_by, decided_at)
        select gen_random_uuid(), 'Account', least(r.id, t.anchor), greatest(r.id, t.anchor), 'Same', 'Saisie', {by}, {clock.GetUtcNow()}
        from unnest({keys}, {anchors}) t (key, anchor)
        join records r on r.source_id = {source.Id} and r.kind = 'Account' and r.external_key = t.key
        where not exists (
          select from decisions d where d.kind = 'Account' and d.revoked_at is null and d.verdict = 'Same' and r.id in (d.left_record_id, d.right_record_id))
        on conflict do nothing
        """,
        ct);

    private async Task<List<Guid>> JoinAsync(Source source, Guid[] accounts, Guid[] anchors, string[] sirens, string by, CancellationToken ct) =>
        await db.Database.SqlQuery<Guid>(
            $"""
            insert into decisions (id, kind, left_record_id, right_record_id, verdict, reason, decided_by, decided_at)
            select gen_random_uuid(), 'Account', least(bearer.id, t.anchor), greatest(bearer.id, t.anchor), 'Same', {JoinedReason}, {by}, {clock.GetUtcNow()}
            from unnest({accounts}, {anchors}, {sirens}) t (account, anchor, siren)
            cross join lateral (
              select r.id from accounts a join links l on l.cluster_id = a.id and l.kind = 'Account'
              join records r on r.id = l.record_id and r.kind = 'Account' and r.removed_at is null and r.source_id <> {source.Id}
              join sources s on s.id = r.source_id and s.name <> {Source.Sirene}
              where a.siren = t.siren and a.id <> t.account order by r.id limit 1) bearer
            on conflict do nothing
            returning id as "Value"
            """).ToListAsync(ct);
}

/// <summary>What was accepted about one account.</summary>
/// <param name="About">The record of the place it is about, when it is not the account as a whole.</param>
public sealed record Acceptance(Guid AccountId, IReadOnlyDictionary<string, string> Values, Guid? About = null);

/// <summary>What came of it: the run that wrote it, and the decisions that join accounts.</summary>
public sealed record Accepted(Guid? Run, IReadOnlyList<Guid> Decisions);
