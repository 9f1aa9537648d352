namespace Rcu.Insight.Worth;

/// <summary>Keeps what the accounts that are due are worth: RFM, value, risk. On a new day, the limits between classes first.</summary>
internal sealed class AccountWorths(InsightDue due)
{
    public async Task RunAsync(CancellationToken ct)
    {
        if (due.Count == 0)
        {
            return;
        }

        if (due.IsWhole)
        {
            await CutAsync(ct);
            await TryExpectationAsync(ct);
        }

        await WriteAsync(ct);
        await due.ExecuteAsync(
            "delete from account_worths w using insight_due i where w.account_id = i.account_id and not exists (select from accounts a where a.id = w.account_id)", ct);
    }

    // Fifths of the customers: of days since the last purchase, of days with a purchase, of the amount.
    private Task<int> CutAsync(CancellationToken ct) => due.ExecuteAsync(
        $"""
        with bought as materialized ({Purchases.Sql("insight_due", "$1::date")}),
        limits as (
          select count(*)::int as customers,
            percentile_disc(array[0.2, 0.4, 0.6, 0.8]) within group (order by ($1::date - last_on)::numeric) as recency,
            percentile_disc(array[0.2, 0.4, 0.6, 0.8]) within group (order by days::numeric) as frequency,
            percentile_disc(array[0.2, 0.4, 0.6, 0.8]) within group (order by net24) as monetary
          from bought)
        insert into rfm_cuts (dimension, cuts, customers, computed_at)
        select d.dimension, d.cuts, customers, $2
        from limits cross join lateral (values ('recency', recency), ('frequency', frequency), ('monetary', monetary)) d (dimension, cuts)
        where customers > 0
        on conflict (dimension) do update set cuts = excluded.cuts, customers = excluded.customers, computed_at = excluded.computed_at
        """,
        ct, due.Today, due.Now);

    private Task<int> TryExpectationAsync(CancellationToken ct) => due.ExecuteAsync(
        $"""
        with known as materialized ({Purchases.Sql("insight_due", "($1::date - 365)")}),
        since as (
          select account_id, sum(case when type = 'CreditNote' then -net else net end) as net
          from documents where type in ('Invoice', 'CreditNote') and date > $1::date - 365 and date <= $1 group by account_id)
        insert into value_trials (day, customers, actual, predicted, error, naive_error, computed_at)
        select $1, count(*), sum(coalesce(s.net, 0)), sum(k.value_next), avg(abs(k.value_next - coalesce(s.net, 0))), avg(abs(k.net12 - coalesce(s.net, 0))), $2
        from known k left join since s using (account_id)
        having count(*) > 0
        on conflict (day) do update set customers = excluded.customers, actual = excluded.actual, predicted = excluded.predicted,
          error = excluded.error, naive_error = excluded.naive_error, computed_at = excluded.computed_at
        """,
        ct, due.Today, due.Now);

    private Task<int> WriteAsync(CancellationToken ct) => due.ExecuteAsync(
        $"""
        with bought as materialized ({Purchases.Sql("insight_due", "$1::date")}),
        cuts as (
          select max(cuts) filter (where dimension = 'recency') as recency, max(cuts) filter (where dimension = 'frequency') as frequency,
            max(cuts) filter (where dimension = 'monetary') as monetary
          from rfm_cuts),
        ever as (
          select account_id, sum(case when type = 'CreditNote' then -net else net end) as net, bool_or(type = 'Invoice') as bought
          from documents join insight_due using (account_id) where type in ('Invoice', 'CreditNote') and date <= $1 group by account_id),
        ranges as (
          select account_id, count(distinct range)::int as ranges
          from bought_products join insight_due using (account_id)
          where type = 'Invoice' and date <= $1 and date > $1::date - 730 group by account_id),
        complaints as (
          select account_id, count(*)::int as complaints
          from interactions join insight_due using (account_id) where kind = 'complaint' and at <= $2 and at > $2 - interval '180 days' group by account_id),
        classed as (
          select b.*, $1::date - b.last_on as recency,
            5 - (select count(*) from unnest(c.recency) cut where $1::date - b.last_on > cut)::int as r,
            1 + (select count(*) from unnest(c.frequency) cut where b.days > cut)::int as f,
            1 + (select count(*) from unnest(c.monetary) cut where b.net24 > cut)::int as m
          from bought b cross join cuts c),
        risks as (
          select b.account_id, risk.code, risk.points, risk.first, risk.second
          from bought b
          join account_metrics k on k.account_id = b.account_id
          left join complaints o on o.account_id = b.account_id
          cross join lateral (values
            ('late', 60 * least(greatest($1::date - b.last_on - coalesce(b.gap, {Purchases.AssumedGap}), 0)::numeric / (2 * greatest(coalesce(b.gap, {Purchases.AssumedGap}), 30)), 1),
              ($1::date - b.last_on)::numeric, coalesce(b.gap, {Purchases.AssumedGap})::numeric),
            ('falling', case when k.revenue_previous12m > 0 then 25 * least(greatest(1 - k.revenue12m / k.revenue_previous12m, 0), 1) else 0 end,
              case when k.revenue_previous12m > 0 then round(100 * (1 - k.revenue12m / k.revenue_previous12m)) end, null),
            ('silent', case when k.last_interaction_at is null or k.last_interaction_at < $2 - interval '90 days' then 10 else 0 end,
              floor(extract(epoch from $2 - k.last_interaction_at) / 86400)::numeric, null),
            ('complaint', least(5 * coalesce(o.complaints, 0), 10), o.complaints::numeric, null),
            ('overdue', case when k.overdue_count > 0 then 5 else 0 end, k.overdue_count::numeric, null)) risk (code, points, first, second)
          where risk.points >= 0.5),
        churned as (
          select account_id, least(100, round(sum(points)))::int as churn,
            jsonb_agg(jsonb_build_object('code', code, 'points', round(points), 'first', first, 'second', second) order by points desc, code) as reasons
          from risks group by account_id)
        insert into account_worths (account_id, recency_days, frequency, monetary, r, f, m, rfm, interval_days, ranges, value_to_date, value_next,
          churn, churn_reasons, state_since, computed_at)
        select a.id, c.recency, coalesce(c.days, 0), coalesce(c.net24, 0), c.r, c.f, c.m,
          case when c.account_id is null then case when e.bought then 'Lost' end
            when c.r >= 4 and c.f >= 4 then 'Champion' when c.r >= 3 and c.f >= 3 then 'Loyal' when c.r >= 4 then 'Recent'
            when c.r = 3 then 'Promising' when c.f >= 4 then 'MustKeep' when c.f = 3 then 'AtRisk' else 'Asleep' end,
          c.gap, coalesce(n.ranges, 0), coalesce(e.net, 0), c.value_next,
          case when c.account_id is not null then coalesce(h.churn, 0) end, coalesce(h.reasons, '[]'), $2, $2
        from insight_due i
        join accounts a on a.id = i.account_id
        left join classed c on c.account_id = a.id
        left join ever e on e.account_id = a.id
        left join ranges n on n.account_id = a.id
        left join churned h on h.account_id = a.id
        on conflict (account_id) do update
        set recency_days = excluded.recency_days, frequency = excluded.frequency, monetary = excluded.monetary, r = excluded.r, f = excluded.f,
          m = excluded.m, rfm = excluded.rfm, interval_days = excluded.interval_days, ranges = excluded.ranges,
          value_to_date = excluded.value_to_date, value_next = excluded.value_next, churn = excluded.churn, churn_reasons = excluded.churn_reasons,
          computed_at = excluded.computed_at
        """,
        ct, due.Today, due.Now);
}
