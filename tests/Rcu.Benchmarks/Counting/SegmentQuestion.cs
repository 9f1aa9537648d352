using Rcu.Segmentation;
using static Rcu.Segmentation.Condition;
using static Rcu.Segmentation.Operator;

namespace Rcu.Benchmarks.Counting;

/// <summary>A rule on accounts, and the same conditions as someone who knows SQL writes them, on <c>a</c> the account and <c>m</c> its figures.</summary>
internal sealed record SegmentQuestion(Condition Rule, IReadOnlyList<string> Sql)
{
    private static readonly string[] Regions = ["Île-de-France", "Auvergne-Rhône-Alpes", "Grand Est", "Bretagne", "Occitanie"];
    private static readonly string[] Types = ["Customer", "Prospect", "FormerCustomer"];

    /// <summary>Five conditions on the account and its figures; another rule for each <paramref name="n"/>.</summary>
    public static SegmentQuestion Five(int n)
    {
        var (region, revenue, orders, days) = (Regions[n % 5], 500 * (n % 7), 1 + n % 3, 200 + n % 9 * 60);
        return new(
            new All(
            [
                new Compare("type", Is, ["Customer"]), new Compare("region", Is, [region]), new Compare("revenue_12m", Above, [$"{revenue}"]),
                new Compare("order_count", AtLeast, [$"{orders}"]), new Compare("last_order", InLastDays, [$"{days}"]),
            ]),
            ["a.type = 'Customer'", $"lower(a.address_region) = lower('{region}')", $"m.revenue12m > {revenue}", $"m.order_count >= {orders}", $"m.last_order_on >= date '2026-10-31' - {days}"]);
    }

    /// <summary>One condition on the account, one relation and one measure over a period.</summary>
    public static SegmentQuestion Related(int n)
    {
        var (region, sum) = (Regions[n % 5], 1_000 * (1 + n % 9));
        return new(
            new All(
            [
                new Compare("region", Is, [region]),
                new Condition.Related("contacts", Quantifier.AtLeast, new All([new Compare("email_reach", Is, ["Allowed"]), new Compare("level", Is, ["C_LEVEL"])])),
                new Computed("documents", Measure.Sum, "net", new All([new Compare("type", Is, ["Invoice"]), new Compare("date", InLastDays, ["365"])]), Above, [$"{sum}"]),
            ]),
            [
                $"lower(a.address_region) = lower('{region}')",
                "exists (select from contacts c where c.account_id = a.id and c.email_reach = 'Allowed' and lower(c.level) = 'c_level')",
                $"(select coalesce(sum(d.net), 0) from documents d where d.account_id = a.id and d.type = 'Invoice' and d.date >= date '2026-10-31' - 365) > {sum}",
            ]);
    }

    /// <summary>One of the segments of a company that has two hundred: six shapes, each with its own values.</summary>
    public static SegmentQuestion Of(int n) => (n % 6) switch
    {
        0 => Five(n),
        1 => Related(n),
        2 => One(new Compare("lead_state", Is, ["Hot"]), new Compare("engagement", AtLeast, [$"{n % 90}"]), $"m.engagement >= {n % 90}", "exists (select from account_worths w where w.account_id = a.id and w.state = 'Hot')"),
        3 => One(
            new Compare("type", Is, [Types[n % 3]]), new Condition.Related("opportunities", Quantifier.AtLeast, new All([new Compare("stage", Is, ["Proposal"]), new Compare("amount", Above, [$"{n * 400}"])])),
            $"a.type = '{Types[n % 3]}'", $"exists (select from opportunities o where o.account_id = a.id and o.stage = 'Proposal' and o.amount > {n * 400})"),
        4 => One(
            new Compare("naf", StartsWith, [$"{41 + n % 40}"]), new None([new Compare("last_interaction", InLastDays, [$"{90 + n}"])]),
            $"lower(a.naf) like '{41 + n % 40}%'", $"not coalesce(m.last_interaction_at >= timestamptz '2026-10-31 00:00+01' - {90 + n} * interval '1 day', false)"),
        _ => One(
            new Any([new Compare("overdue", Above, [$"{n * 20}"]), new Compare("open_amount", Above, [$"{n * 500}"])]), new Compare("headcount", AtLeast, [$"{n}"]),
            $"(m.overdue_amount > {n * 20} or m.open_amount > {n * 500})", $"a.headcount >= {n}"),
    };

    private static SegmentQuestion One(Condition first, Condition second, string sql, string other) => new(new All([first, second]), [sql, other]);
}
