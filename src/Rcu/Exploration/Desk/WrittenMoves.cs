using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Matching;
using Rcu.Resolution;

namespace Rcu.Exploration.Desk;

/// <summary>Takes what people wrote on a golden row to another id. The caller holds the transaction.</summary>
internal sealed class WrittenMoves(RcuDb db, TimeProvider clock)
{
    /// <param name="record">The record that typed words go with from here on; null for those that stay with theirs.</param>
    public async Task MoveAsync(Separation separation, Guid to, Guid? record, IReadOnlySet<string> keys, string by, CancellationToken ct)
    {
        var from = separation.GoldenId;
        string[] Words(string what) => [.. keys.Where(k => k.StartsWith(what, StringComparison.Ordinal)).Select(k => k[what.Length..])];
        Guid[] Ids(string what) => [.. Words(what).Select(Guid.Parse)];
        var (tasks, notes) = (Ids("task:"), Ids("note:"));
        if (separation.Kind is ClusterKind.Account)
        {
            await db.Database.ExecuteSqlAsync($"update account_tasks set account_id = {to} where id = any({tasks}) and account_id = {from}", ct);
            await db.Database.ExecuteSqlAsync(
                $"""
                with gone as (delete from account_tags where account_id = {from} and tag = any({Words("tag:")}) returning *)
                insert into account_tags (account_id, tag, tagged_by, tagged_at, batch_id) select {to}, tag, tagged_by, tagged_at, batch_id from gone
                on conflict do nothing
                """,
                ct);
            await db.Database.ExecuteSqlAsync(
                $"""
                with gone as (delete from account_follows where account_id = {from} and follower = any({Words("follow:")}) returning *)
                insert into account_follows (follower, account_id, since, batch_id) select follower, {to}, since, batch_id from gone
                on conflict do nothing
                """,
                ct);
        }
        else
        {
            await db.Database.ExecuteSqlAsync($"update account_tasks set contact_id = {to} where id = any({tasks}) and contact_id = {from}", ct);
        }

        await MoveNotesAsync(notes, separation.Kind is ClusterKind.Account ? "account_id" : "contact_id", to, by, ct);
        if (record is { } anchor)
        {
            await TieAsync(separation.Kind, anchor, from, Ids("role:"), Ids("stance:"), Ids("relation:"), ct);
            foreach (var typed in Ids("values:"))
            {
                await TieValuesAsync(separation.Kind, typed, anchor, by, ct);
            }
        }
    }

    /// <summary>Typed values that stay are no longer tied to the record that leaves, if that is the one they were tied to.</summary>
    public async Task KeepAsync(Separation separation, IReadOnlySet<string> keys, string by, CancellationToken ct)
    {
        var values = keys.Where(k => k.StartsWith("values:", StringComparison.Ordinal)).Select(k => Guid.Parse(k["values:".Length..])).ToList();
        var (kind, leaver) = (separation.Kind, separation.RecordId);
        var tied = await db.Decisions
            .Where(d => d.Kind == kind && d.RevokedAt == null && d.Verdict == Verdict.Same
                && ((values.Contains(d.LeftRecordId) && d.RightRecordId == leaver) || (values.Contains(d.RightRecordId) && d.LeftRecordId == leaver)))
            .Select(d => d.LeftRecordId == leaver ? d.RightRecordId : d.LeftRecordId).ToListAsync(ct);
        if (tied.Count == 0)
        {
            return;
        }

        var own = kind is ClusterKind.Account ? RecordKind.Account : RecordKind.Contact;
        var stayer = await db.Links.Where(l => l.ClusterId == separation.GoldenId && l.Kind == kind && l.RecordId != leaver)
            .Join(db.Records.Where(r => r.Kind == own && r.RemovedAt == null), l => l.RecordId, r => r.Id, (_, r) => r)
            .Where(r => db.Sources.Any(s => s.Id == r.SourceId && s.Name != Source.Saisie))
            .OrderBy(r => r.Id).Select(r => r.Id).FirstAsync(ct);
        foreach (var typed in tied)
        {
            await TieValuesAsync(kind, typed, stayer, by, ct);
        }
    }

    private async Task TieAsync(ClusterKind kind, Guid anchor, Guid from, Guid[] roles, Guid[] stances, Guid[] relations, CancellationToken ct)
    {
        if (kind is ClusterKind.Account)
        {
            await db.Database.ExecuteSqlAsync($"update typed_roles set account_record_id = {anchor} where fact_id = any({roles})", ct);
            await db.Database.ExecuteSqlAsync($"update typed_stances set account_record_id = {anchor} where fact_id = any({stances})", ct);
            return;
        }

        await db.Database.ExecuteSqlAsync($"update typed_roles set contact_record_id = {anchor} where fact_id = any({roles})", ct);
        await db.Database.ExecuteSqlAsync($"update typed_stances set contact_record_id = {anchor} where fact_id = any({stances})", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update typed_relations set
              from_record_id = case when from_contact_id = {from} then {anchor} else from_record_id end,
              to_record_id = case when to_contact_id = {from} then {anchor} else to_record_id end
            where fact_id = any({relations})
            """,
            ct);
    }

    // A note is evidence: where it is filed from here on is a new version of it.
    private async Task MoveNotesAsync(Guid[] notes, string field, Guid to, string by, CancellationToken ct)
    {
        if (notes.Length == 0)
        {
            return;
        }

        var typed = new TypedRecords(db, clock);
        var source = await typed.SourceAsync(ct);
        var said = await db.Records.AsNoTracking().Where(r => notes.Contains(r.Id) && r.SourceId == source.Id)
            .Join(db.SourceRecords, r => r.SourceRecordId, s => s.Id, (r, s) => new { r.ExternalKey, s.Payload }).ToListAsync(ct);
        await typed.WriteAsync(
            source, RecordKind.Interaction, "Notes reclassées à la séparation",
            [
                .. said.Select(s => new TypedRecord(
                    s.ExternalKey, s.Payload.EnumerateObject().ToDictionary(p => p.Name, p => p.Name == field ? to.ToString() : p.Value.ToString()))),
            ],
            by, ct);
    }

    private async Task TieValuesAsync(ClusterKind kind, Guid typed, Guid anchor, string by, CancellationToken ct)
    {
        var tied = await db.Decisions
            .Where(d => d.Kind == kind && d.RevokedAt == null && d.Verdict == Verdict.Same && (d.LeftRecordId == typed || d.RightRecordId == typed))
            .ToListAsync(ct);
        foreach (var decision in tied)
        {
            decision.Revoke(by, clock.GetUtcNow());
        }

        await db.SaveChangesAsync(ct);
        await new Verdicts(db, clock).SayAsync(kind, Verdict.Same, [typed], [anchor], 1, "Saisie", null, by, ct);
    }
}
