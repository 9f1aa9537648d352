using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Segmentation;

namespace Rcu.Activation;

/// <summary>
/// Decides what a destination must be told: the members of its segment who may be reached, less what it is known to hold, plus the
/// removal of those who left or said no. Computed in the database, written to the outbox in the caller's transaction.
/// </summary>
public sealed class PushPlan(RcuDb db, TimeProvider clock)
{
    /// <returns>Entered, filtered, unchanged and to send: the first is the sum of the three others.</returns>
    public async Task<PlanFigures> WriteAsync(Destination destination, SegmentTarget target, Guid runId, CancellationToken ct)
    {
        await ComputeAsync(destination, target, ct);
        var now = clock.GetUtcNow();

        // A change not told yet is kept when it is still true, so that its key and its tries stay; else another takes its place.
        await db.Database.ExecuteSqlAsync(
            $"""
            delete from outbox o where o.destination_id = {destination.Id} and o.status <> 'Sent' and not exists (
              select from activation_plan p where p.profile_id = o.profile_id and p.verdict = o.change and p.hash = o.content_hash);
            update outbox o set run_id = {runId} where o.destination_id = {destination.Id} and o.status <> 'Sent';
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
        return await FiguresAsync(ct);
    }

    /// <summary>What would be sent, without writing anything.</summary>
    public async Task<(PlanFigures Figures, IReadOnlyList<PlannedChange> First)> TryAsync(
        Destination destination, SegmentTarget target, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await ComputeAsync(destination, target, ct);
        var first = await db.Database.SqlQuery<PlannedChange>(
            $"""
            select profile_id as "ProfileId", name as "Name", verdict as "Verdict", payload::text as "Payload", refusal as "Refusal"
            from activation_plan order by case verdict when 'Upsert' then 0 when 'Remove' then 1 when 'Filtered' then 2 else 3 end, name, profile_id
            limit 10
            """).ToListAsync(ct);
        var figures = await FiguresAsync(ct);
        await transaction.RollbackAsync(ct);
        return (figures, first);
    }

    private async Task<PlanFigures> FiguresAsync(CancellationToken ct) => await db.Database.SqlQuery<PlanFigures>(
        $"""
        select count(*)::int as "Entered", count(*) filter (where verdict = 'Filtered')::int as "Filtered",
          count(*) filter (where verdict = 'Unchanged')::int as "Unchanged",
          count(*) filter (where verdict in ('Upsert', 'Remove'))::int as "ToSend"
        from activation_plan
        """).SingleAsync(ct);

    private async Task ComputeAsync(Destination destination, SegmentTarget target, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            drop table if exists activation_members;
            create temporary table activation_members (
              profile_id uuid primary key, account_id uuid, name text, refusal text, payload jsonb, hash bytea) on commit drop
            """,
            ct);
        await (target is SegmentTarget.Accounts ? AccountsAsync(destination, ct) : ContactsAsync(destination, ct));

        // What is not known for sure of the tool (an empty hash) is told again.
        await db.Database.ExecuteSqlAsync(
            $"""
            update activation_members set hash = sha256(convert_to(payload::text, 'UTF8'));
            drop table if exists activation_plan;
            create temporary table activation_plan on commit drop as
            select coalesce(m.profile_id, h.profile_id) as profile_id, coalesce(m.account_id, {Account.Unknown}) as account_id,
              coalesce(m.name, (select o.profile_name from outbox o where o.destination_id = {destination.Id} and o.profile_id = h.profile_id
                order by o.id desc limit 1), '') as name,
              m.refusal,
              case when m.refusal is null and m.profile_id is not null then m.payload
                else jsonb_build_object('id', coalesce(m.profile_id, h.profile_id)) end as payload,
              case when m.refusal is null and m.profile_id is not null then m.hash else '\x00'::bytea end as hash,
              case when m.profile_id is not null and m.refusal is null
                  then case when h.content_hash = m.hash then 'Unchanged' else 'Upsert' end
                when h.profile_id is not null then 'Remove'
                else 'Filtered' end as verdict
            from activation_members m
            full join (select * from destination_profiles where destination_id = {destination.Id}) h on h.profile_id = m.profile_id
            """,
            ct);
    }

    private async Task AccountsAsync(Destination destination, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        insert into activation_members (profile_id, account_id, name, refusal, payload)
        select a.id, a.id, a.name, case when a.diffusion = 'P' then {Refusals.PartialDiffusion} end,
          jsonb_build_object(
            'id', a.id, 'name', a.name, 'siren', a.siren, 'vat', a.vat, 'legal_form', a.legal_form, 'naf', a.naf,
            'headcount', a.headcount, 'headcount_band', a.headcount_band, 'size_class', a.size_class, 'type', a.type,
            'phone', a.phone, 'email', a.email, 'website', a.website, 'street', a.address_street, 'postal_code', a.address_postal_code,
            'city', a.address_city, 'department', a.address_department, 'region', a.address_region, 'country', a.address_country,
            'revenue_12m', k.revenue12m, 'engagement', k.engagement)
        from segment_members m
        join accounts a on a.id = m.member_id
        left join account_metrics k on k.account_id = a.id
        where m.segment_id = {destination.SegmentId} and m.exited_at is null
        """,
        ct);

    // A phone number that may not be called is not told, whatever the channel of the segment.
    private async Task ContactsAsync(Destination destination, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        insert into activation_members (profile_id, account_id, name, refusal, payload)
        select c.id, c.account_id, c.name,
          case when c.email_reach <> 'Allowed' then coalesce(nullif(c.email_reach_reason, ''), {Refusals.NotReachable})
            when a.diffusion = 'P' then {Refusals.PartialDiffusion} end,
          jsonb_build_object(
            'id', c.id, 'name', c.name, 'civility', c.civility, 'given_name', c.given_name, 'family_name', c.family_name,
            'email', c.email, 'phone', case when c.phone_reach = 'Allowed' then c.phone end,
            'mobile', case when c.phone_reach = 'Allowed' then c.mobile end,
            'job_title', c.job_title, 'department', c.department, 'level', c.level,
            'account', case when a.id is not null then jsonb_build_object(
              'id', a.id, 'name', a.name, 'siren', a.siren, 'postal_code', a.address_postal_code, 'city', a.address_city) end)
        from segment_members m
        join contacts c on c.id = m.member_id
        left join accounts a on a.id = c.account_id
        where m.segment_id = {destination.SegmentId} and m.exited_at is null
        """,
        ct);
}

/// <summary>The first half of a run's balance: entered = filtered + unchanged + to send.</summary>
public sealed record PlanFigures(int Entered, int Filtered, int Unchanged, int ToSend);

/// <summary>One profile of a dry run: what would be told of it, or why nothing.</summary>
public sealed record PlannedChange(Guid ProfileId, string Name, string Verdict, string Payload, string? Refusal);
