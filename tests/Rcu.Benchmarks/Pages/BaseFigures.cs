namespace Rcu.Benchmarks.Pages;

/// <summary>
/// Figures, scores of quality and owners of the base, as Insight leaves them; written by one statement each, for judging millions of
/// rows one by one is not what is measured here. Scores are drawn, figures are those of the rows.
/// </summary>
internal static class BaseFigures
{
    public static readonly IReadOnlyList<string> Statements =
    [
        """
        with bills as (
          select account_id,
            sum(case when type = 'CreditNote' then -net else net end) filter (where date > date '2025-10-31') as revenue,
            sum(case when type = 'CreditNote' then -net else net end) filter (where date > date '2024-10-31' and date <= date '2025-10-31') as previous,
            avg(net) filter (where type = 'Invoice') as basket, count(*) filter (where type = 'Invoice') as orders,
            max(date) filter (where type = 'Invoice') as last_on,
            sum(gross) filter (where type = 'Invoice' and not paid and due_on < date '2026-10-31') as overdue,
            count(*) filter (where type = 'Invoice' and not paid and due_on < date '2026-10-31') as late,
            sum(gross) filter (where type = 'Invoice' and not paid) as outstanding
          from documents where type in ('Invoice', 'CreditNote') group by account_id),
        deals as (select account_id, count(*) as deals, sum(amount) as amount from opportunities where stage not in ('Won', 'Lost') group by account_id),
        signals as (
          select account_id, max(at) as last_at, sum(power(0.5, extract(epoch from timestamptz '2026-10-31 18:00Z' - at) / 2592000.0) * 6) as warmth
          from interactions where kind <> 'email_sent' group by account_id),
        people as (select account_id, count(*) as people, count(*) filter (where email_reach = 'Allowed') as reachable from contacts group by account_id)
        insert into account_metrics (account_id, revenue12m, revenue_previous12m, average_basket, order_count, last_order_on, overdue_amount,
          overdue_count, outstanding, open_opportunities, open_amount, last_interaction_at, last_interaction_channel, engagement,
          contact_count, reachable_by_email, computed_at)
        select a.id, coalesce(revenue, 0), coalesce(previous, 0), basket, coalesce(orders, 0), last_on, coalesce(overdue, 0), coalesce(late, 0),
          coalesce(outstanding, 0), coalesce(deals, 0), coalesce(amount, 0), last_at, case when last_at is not null then 'web' end,
          least(100, round(coalesce(warmth, 0)))::int, coalesce(people, 0), coalesce(reachable, 0), timestamptz '2026-10-31 18:00Z'
        from accounts a left join bills b on b.account_id = a.id left join deals d on d.account_id = a.id
          left join signals s on s.account_id = a.id left join people p on p.account_id = a.id
        """,
        """
        insert into account_scores (account_id, total, completeness, validity, freshness, coherence, uniqueness, problems, costs, duplicates, due_on, computed_at)
        select id, 45 + get_byte(uuid_send(id), 15) % 52, 60, 90, 60, 90, 100, problems, array(select 400 from unnest(problems)), 0,
          date '2026-11-01' + get_byte(uuid_send(id), 14), timestamptz '2026-10-31 18:00Z'
        from accounts, lateral (select array_remove(array[
          case when siren is null then 'completeness.siren' end, case when email is null then 'completeness.email' end,
          case when brand is null then 'freshness.phone' end], null) as problems) p
        """,
        """
        insert into contact_scores (contact_id, total, completeness, validity, freshness, coherence, uniqueness, problems, costs, duplicates, due_on, computed_at)
        select id, 45 + get_byte(uuid_send(id), 15) % 52, 60, 90, 60, 90, 100, problems, array(select 400 from unnest(problems)), 0,
          date '2026-11-01' + get_byte(uuid_send(id), 14), timestamptz '2026-10-31 18:00Z'
        from contacts, lateral (select array_remove(array[
          case when email is null then 'completeness.email' end, case when phone is null and mobile is null then 'completeness.phone' end], null) as problems) p
        """,
        """
        insert into contributions (contributor, kind, subject_id, is_owner)
        select origins -> 'owner' ->> 'value', 'Account', id, true from accounts where origins ? 'owner'
        """,
        """
        insert into hub_settings (name, value, updated_at)
        select name, to_jsonb(timestamptz '2026-10-31 18:00Z'), timestamptz '2026-10-31 18:00Z' from unnest(array['projected_at']) name on conflict do nothing
        """,
    ];
}
