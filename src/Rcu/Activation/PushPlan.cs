using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Segmentation;

namespace Rcu.Activation;

/// <summary>
/// Decides what a destination must be told: the members of its segment who may be reached, less what it is known to hold, plus the
/// removal of those who left or said no. Computed in the database, written to the outbox in the caller's transaction.
/// </summary>
public sealed class PushPlan(RcuDb db, PushMembers members, TimeProvider clock)
{
    /// <summary>Computes the plan, for the transaction the caller has open.</summary>
    /// <param name="only">At most so many changes: a trial. Null: all.</param>
    /// <returns>What it would do, and how much of what the tool holds it would touch.</returns>
    public async Task<(PlanFigures Figures, PlanWeight Weight)> PlanAsync(Destination destination, SegmentTarget target, int? only, CancellationToken ct)
    {
        await ComputeAsync(destination, target, ct);
        if (only is { } few)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                delete from activation_plan where profile_id not in (
                  select profile_id from activation_plan where verdict in ('Upsert', 'Remove')
                  order by case verdict when 'Upsert' then 0 else 1 end, name, profile_id limit {few})
                """,
                ct);
        }

        return (await FiguresAsync(ct), await WeightAsync(destination, ct));
    }

    /// <summary>Writes the plan that was computed to the outbox.</summary>
    public async Task WriteAsync(Destination destination, Guid runId, bool isTrial, CancellationToken ct)
    {
        var now = clock.GetUtcNow();

        // A change not told yet is kept when it is still true, so that its key and its tries stay; else another takes its place.
        // A trial leaves alone those it does not try.
        await db.Database.ExecuteSqlAsync(
            $"""
            delete from destination_profiles h using activation_plan p
            where h.destination_id = {destination.Id} and h.profile_id = p.profile_id and p.verdict = 'Forget';
            delete from outbox o where o.destination_id = {destination.Id} and o.status <> 'Sent'
              and ({isTrial} = false or exists (select from activation_plan p where p.profile_id = o.profile_id))
              and not exists (
                select from activation_plan p where p.profile_id = o.profile_id and p.verdict = o.change and p.hash = o.content_hash);
            update outbox o set run_id = {runId} where o.destination_id = {destination.Id} and o.status <> 'Sent'
              and ({isTrial} = false or exists (select from activation_plan p where p.profile_id = o.profile_id));
            insert into outbox (id, destination_id, account_id, profile_id, profile_name, change, payload, content_hash, status, due_at, created_at, run_id)
            select new_id(), {destination.Id}, p.account_id, p.profile_id, p.name, p.verdict, p.payload, p.hash, 'Waiting', {now}, {now}, {runId}
            from activation_plan p
            where p.verdict in ('Upsert', 'Remove') and not exists (
              select from outbox o where o.destination_id = {destination.Id} and o.profile_id = p.profile_id and o.status <> 'Sent');
            insert into deliveries (account_id, id, destination_id, run_id, profile_id, profile_name, change, status, reason, attempt, at)
            select p.account_id, new_id(), {destination.Id}, {runId}, p.profile_id, p.name, 'Upsert', 'Filtered', p.refusal, 0, {now}
            from activation_plan p where p.verdict = 'Filtered';
            """,
            ct);
        await RememberAsync(destination, ct);
    }

    // Before a tool that is read as well is told of a profile for the first time, what it says of it by itself is written down: that is no echo.
    private async Task RememberAsync(Destination destination, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        insert into record_echoes (record_id, said, echoes)
        select distinct on (r.id) r.id, (select coalesce(jsonb_object_agg(f.key, md5(f.value)), jsonb_build_object()) from jsonb_each_text(r.fields) f), array[]::text[]
        from source_connections c
        join activation_plan p on p.verdict = 'Upsert' and p.remote_id is null
        cross join lateral (
          select r.id, r.fields from links l join records r on r.id = l.record_id and r.kind = l.kind
          where l.cluster_id = p.profile_id and r.source_id = c.source_id offset 0) r
        where c.kind = {destination.Kind}
        on conflict (record_id) do nothing
        """,
        ct);

    /// <summary>What would be sent, without writing anything: the balance, and the first ten profiles of which anything would be told or held back.</summary>
    public async Task<(PlanFigures Figures, IReadOnlyList<PlannedChange> First)> TryAsync(
        Destination destination, SegmentTarget target, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await ComputeAsync(destination, target, ct);
        var first = await db.Database.SqlQuery<PlannedRow>(
            $"""
            select profile_id as "ProfileId", name as "Name", verdict as "Verdict", payload::text as "Payload", refusal as "Refusal",
              remote_id as "RemoteId", held::text as "Held"
            from activation_plan where verdict in ('Upsert', 'Remove', 'Filtered')
            order by case verdict when 'Upsert' then 0 when 'Remove' then 1 else 2 end, name, profile_id limit 10
            """).ToListAsync(ct);
        var figures = await FiguresAsync(ct);
        await transaction.RollbackAsync(ct);
        return (figures, first.ConvertAll(row => new PlannedChange(
            row.ProfileId, row.Name, Enum.Parse<PlanVerdict>(row.Verdict), row.Payload, row.Refusal, row.RemoteId, row.Held)));
    }

    private async Task<PlanFigures> FiguresAsync(CancellationToken ct) => await db.Database.SqlQuery<PlanFigures>(
        $"""
        select count(*)::int as "Entered", count(*) filter (where verdict = 'Filtered')::int as "Filtered",
          count(*) filter (where verdict in ('Unchanged', 'Forget'))::int as "Unchanged",
          count(*) filter (where verdict in ('Upsert', 'Remove'))::int as "ToSend"
        from activation_plan
        """).SingleAsync(ct);

    private async Task<PlanWeight> WeightAsync(Destination destination, CancellationToken ct) => await db.Database.SqlQuery<PlanWeight>(
        $"""
        select (select count(*)::int from destination_profiles where destination_id = {destination.Id}) as "Held",
          count(*) filter (where verdict = 'Remove')::int as "Removals",
          count(*) filter (where verdict = 'Upsert' and is_other)::int as "Changes"
        from activation_plan
        """).SingleAsync(ct);

    private async Task ComputeAsync(Destination destination, SegmentTarget target, CancellationToken ct)
    {
        // A tool that knows a profile by a name of its own keeps it when that profile joins another: no twin is born, none is left.
        await db.Database.ExecuteSqlAsync(
            $"""
            with heirs as (
              select distinct on (r.survivor_id) p.profile_id, r.survivor_id
              from destination_profiles p join redirects r on r.retired_id = p.profile_id
              where p.destination_id = {destination.Id} and p.remote_id is not null
                and not exists (select from destination_profiles o where o.destination_id = p.destination_id and o.profile_id = r.survivor_id)
              order by r.survivor_id, p.sent_at desc, p.profile_id)
            update destination_profiles p set profile_id = h.survivor_id, content_hash = ''::bytea
            from heirs h where p.destination_id = {destination.Id} and p.profile_id = h.profile_id
            """,
            ct);
        await members.FillAsync(destination, target, ct);

        // What is not known for sure of the tool (an empty hash) is told again. Where the tool knows two profiles as one, the one that
        // stays keeps it: it is not taken away under the other.
        await db.Database.ExecuteSqlAsync(
            $"""
            update activation_members set hash = sha256(convert_to(payload::text, 'UTF8'));
            drop table if exists activation_plan;
            create temporary table activation_plan on commit drop as
            select coalesce(m.profile_id, h.profile_id) as profile_id, coalesce(m.account_id, {Account.Unknown}) as account_id,
              coalesce(m.name, nullif(h.name, ''), '') as name, m.refusal, h.remote_id,
              case when h.content_hash <> ''::bytea then h.payload end as held, h.profile_id is not null and h.payload is distinct from m.payload as is_other,
              case when m.refusal is null and m.profile_id is not null then m.payload
                else jsonb_build_object('id', coalesce(m.profile_id, h.profile_id)) end as payload,
              case when m.refusal is null and m.profile_id is not null then m.hash else '\x00'::bytea end as hash,
              case when m.profile_id is not null and m.refusal is null
                  then case when h.content_hash = m.hash then 'Unchanged' else 'Upsert' end
                when h.profile_id is not null and h.silenced_at is null then case when exists (
                    select from destination_profiles o join activation_members k on k.profile_id = o.profile_id and k.refusal is null
                    where o.destination_id = h.destination_id and o.remote_id = h.remote_id and o.profile_id <> h.profile_id)
                  then 'Forget' else 'Remove' end
                else 'Filtered' end as verdict
            from activation_members m
            full join (select * from destination_profiles where destination_id = {destination.Id}) h on h.profile_id = m.profile_id
            where m.profile_id is not null or h.silenced_at is null
            """,
            ct);
    }

    private sealed record PlannedRow(Guid ProfileId, string Name, string Verdict, string Payload, string? Refusal, string? RemoteId, string? Held);
}

/// <summary>The first half of a run's balance: entered = filtered + unchanged + to send.</summary>
public sealed record PlanFigures(int Entered, int Filtered, int Unchanged, int ToSend);

/// <summary>How much of what a tool holds a plan touches.</summary>
public sealed record PlanWeight(int Held, int Removals, int Changes);

/// <summary>What a plan does of a profile that it does not leave as it is.</summary>
public enum PlanVerdict
{
    Upsert,
    Remove,
    Filtered,
}

/// <summary>One profile of a dry run: what would be told of it, or why nothing.</summary>
public sealed record PlannedChange(Guid ProfileId, string Name, PlanVerdict Verdict, string Payload, string? Refusal, string? RemoteId, string? Held);
