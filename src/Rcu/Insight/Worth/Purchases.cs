namespace Rcu.Insight.Worth;

/// <summary>
/// What an account bought over the 24 months before a day, and what that lets one expect of the twelve that follow. One text for the
/// figures of today and for those of a year ago, on which the expectation is tried.
/// </summary>
internal static class Purchases
{
    /// <summary>The usual gap of one who bought once.</summary>
    public const int AssumedGap = 180;

    /// <summary>
    /// Rows of <c>account_id, last_on, days, net24, net12, gap, value_next</c> for the accounts of <paramref name="whom"/>. The expected
    /// value is the yearly amount since the first purchase of these 24 months, of a year at least, times the chance that the customer still buys, which halves with each usual gap
    /// that passed without a purchase; never below nothing.
    /// </summary>
    /// <param name="whom">A table with the column <c>account_id</c>.</param>
    /// <param name="day">The parameter that holds the day.</param>
    public static string Sql(string whom, string day) =>
        $"""
        select account_id, last_on, days, net24, net12, gap,
          round(greatest(net24, 0) / least(greatest(({day} - first_on) / 365.25, 1), 2)
            * power(0.5, greatest({day} - last_on - coalesce(gap, {AssumedGap}), 0)::numeric / greatest(coalesce(gap, {AssumedGap}), 30)), 2) as value_next
        from (
          select account_id, min(date) filter (where bought) as first_on, max(date) filter (where bought) as last_on,
            (count(*) filter (where bought))::int as days, sum(net) as net24, coalesce(sum(net) filter (where date > {day} - 365), 0) as net12,
            case when count(*) filter (where bought) > 1 then
              round((max(date) filter (where bought) - min(date) filter (where bought))::numeric / ((count(*) filter (where bought)) - 1))::int end as gap
          from (
            select account_id, date, bool_or(type = 'Invoice') as bought, sum(case when type = 'CreditNote' then -net else net end) as net
            from documents join {whom} using (account_id)
            where type in ('Invoice', 'CreditNote') and date <= {day} and date > {day} - 730
            group by account_id, date) by_day
          group by account_id) bought
        where days > 0
        """;
}
