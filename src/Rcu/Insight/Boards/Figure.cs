namespace Rcu.Insight.Boards;

/// <summary>
/// A number of the boards and the rows that make it: one text for both, so that a number always opens its own list. The rows have
/// <c>id, account_id, label, at, amount</c>; the label parts them (a stage, a range, a channel).
/// </summary>
/// <param name="Sql">
/// <c>$1</c> and <c>$2</c> are the first and the last day of the period, <c>$3</c> the campaign or nothing; a figure may leave them aside.
/// </param>
/// <param name="Words">What the keys of the texts of its labels begin with; null when a label is said as it is.</param>
public sealed record Figure(string Name, string Sql, string? Words = null, bool HasAmount = false, bool HasPeriod = true)
{
    /// <summary>The label of the rows that have none.</summary>
    public const string Missing = "?";

    /// <summary>What a row without label lacks, as its text is named: <c>region</c>, <c>range</c>, <c>subject</c>; null when every row has one.</summary>
    public string? Lacks { get; private init; }

    private const string Known = "'00000000-0000-7000-8000-000000000000'";

    // One row for each account that asked for something in the period: its first form, fair or need.
    private const string Leads =
        $"""
        (select distinct on (i.account_id) i.id, i.account_id, i.kind, i.at
         from interactions i
         where i.kind in ('form_sent', 'trade_show', 'need') and i.at >= $1::date and i.at < $2::date + 1 and i.account_id <> {Known}
           and ($3::text = '' or lower(i.campaign) = lower($3))
         order by i.account_id, i.at, i.id) l
        """;

    /// <summary>The active companies of the register on this hub, <c>u</c>, with their head office, <c>e</c>.</summary>
    internal const string Companies = "register.legal_units u join register.establishments e on e.siret = u.siren || u.head_office_nic and u.state = 'A'";

    /// <summary>Where the head office of a company lies, and what it does: an account is placed as the register places it.</summary>
    internal const string Place = "case when left(e.commune_code, 2) in ('97', '98') then left(e.commune_code, 3) else left(e.commune_code, 2) end";

    internal const string Division = "left(u.naf, 2)";

    private const string Treated = "exists (select from interactions j where j.account_id = l.account_id and j.kind in ('call', 'meeting', 'visit', 'email', 'note') and j.at > l.at)";

    private const string Opened = "(select sum(coalesce(o.amount, 0)) as amount from opportunities o where o.account_id = l.account_id and (o.close_on is null or o.close_on >= l.at::date)";

    // One row for each account a campaign reached, at its first signal.
    private const string Touched =
        $"""
        (select distinct on (i.account_id) i.id, i.account_id, i.kind, i.at
         from interactions i
         where i.campaign is not null and i.account_id <> {Known} and i.at >= $1::date and i.at < $2::date + 1 and ($3::text = '' or lower(i.campaign) = lower($3))
           and i.kind not in ('email_sent', 'email_delivered', 'email_bounced_hard', 'email_bounced_soft', 'unsubscribed', 'email_complained')
         order by i.account_id, i.at, i.id) l
        """;

    public static readonly IReadOnlyList<Figure> All =
    [
        // Leads: received, treated, accepted, converted, won; each is among the one before.
        new("leads_received", $"select l.id, l.account_id, l.kind as label, l.at::date as at, null::numeric as amount from {Leads}", "interaction."),
        new("leads_treated", $"select l.id, l.account_id, l.kind as label, l.at::date as at, null::numeric as amount from {Leads} where {Treated}", "interaction."),
        new("leads_accepted",
            $"""
            select l.id, l.account_id, l.kind as label, l.at::date as at, null::numeric as amount from {Leads} where {Treated} and (
              exists (select from interactions m where m.account_id = l.account_id and m.kind = 'meeting' and m.at > l.at)
              or exists (select from opportunities o where o.account_id = l.account_id and (o.close_on is null or o.close_on >= l.at::date)))
            """, "interaction."),
        new("leads_converted", $"select l.id, l.account_id, l.kind as label, l.at::date as at, o.amount from {Leads} cross join lateral {Opened}) o where o.amount is not null and {Treated}", "interaction.", HasAmount: true),
        new("leads_won", $"select l.id, l.account_id, l.kind as label, l.at::date as at, o.amount from {Leads} cross join lateral {Opened} and o.stage = 'Won') o where o.amount is not null and {Treated}", "interaction.", HasAmount: true),

        new("pipeline", "select id, account_id, stage as label, close_on as at, amount from opportunities where stage not in ('Won', 'Lost')", "stage.", HasAmount: true, HasPeriod: false),
        new("pipeline_late", "select id, account_id, stage as label, close_on as at, amount from opportunities where stage not in ('Won', 'Lost') and close_on < current_date", "stage.", HasAmount: true, HasPeriod: false),
        new("won", "select id, account_id, stage as label, close_on as at, amount from opportunities where stage = 'Won' and close_on between $1 and $2", "stage.", HasAmount: true),
        new("lost", "select id, account_id, stage as label, close_on as at, amount from opportunities where stage = 'Lost' and close_on between $1 and $2", "stage.", HasAmount: true),
        new("closed", "select id, account_id, stage as label, close_on as at, amount from opportunities where stage in ('Won', 'Lost') and close_on between $1 and $2", "stage.", HasAmount: true),

        new("etat", "select account_id as id, account_id, state as label, state_since::date as at, lead_score::numeric as amount from account_worths", "lead.", HasPeriod: false),
        new("rfm", "select account_id as id, account_id, rfm as label, null::date as at, monetary as amount from account_worths where rfm is not null", "rfm.", HasAmount: true, HasPeriod: false),
        new("rfm_case", "select account_id as id, account_id, r || '-' || f as label, null::date as at, monetary as amount from account_worths where r is not null", HasAmount: true, HasPeriod: false),
        new("churn_high", "select account_id as id, account_id, rfm as label, null::date as at, value_next as amount from account_worths where churn >= 70", "rfm.", HasAmount: true, HasPeriod: false),
        new("moves", "select account_id as id, account_id, to_state as label, at::date as at, score::numeric as amount from lead_moves where from_state is not null and at >= $1::date and at < $2::date + 1", "lead."),

        // The market: the accounts beside the register of companies.
        new("accounts_active", $"select id, id as account_id, coalesce(address_region, '{Missing}') as label, created_at::date as at, null::numeric as amount from accounts where closed_on is null and insee_state is distinct from 'C'", HasPeriod: false) { Lacks = "region" },
        new("accounts_registered", $"select id, id as account_id, coalesce(address_region, '{Missing}') as label, created_at::date as at, null::numeric as amount from accounts where closed_on is null and insee_state is distinct from 'C' and siren is not null", HasPeriod: false) { Lacks = "region" },

        Market("market_customers_place", Place, "= 'Customer'"),
        Market("market_prospects_place", Place, "is distinct from 'Customer'"),
        Market("market_customers_activity", Division, "= 'Customer'"),
        Market("market_prospects_activity", Division, "is distinct from 'Customer'"),

        new("accounts_scored", $"select a.id, a.id as account_id, coalesce(a.address_region, '{Missing}') as label, null::date as at, s.total::numeric as amount from accounts a join account_scores s on s.account_id = a.id", HasPeriod: false) { Lacks = "region" },
        new("accounts_poor", $"select a.id, a.id as account_id, coalesce(a.address_region, '{Missing}') as label, null::date as at, s.total::numeric as amount from accounts a join account_scores s on s.account_id = a.id where s.total < 50", HasPeriod: false) { Lacks = "region" },
        new("problems", "select s.account_id as id, s.account_id, problem as label, null::date as at, s.total::numeric as amount from account_scores s cross join lateral unnest(s.problems) problem", HasPeriod: false),

        new("mails", $"select id, account_id, kind as label, at::date as at, null::numeric as amount from interactions where kind in ('email_delivered', 'email_bounced_hard', 'email_bounced_soft') and account_id <> {Known} and at >= $1::date and at < $2::date + 1", "interaction."),
        new("bounces_hard", $"select id, account_id, kind as label, at::date as at, null::numeric as amount from interactions where kind = 'email_bounced_hard' and account_id <> {Known} and at >= $1::date and at < $2::date + 1", "interaction."),
        new("bounces_soft", $"select id, account_id, kind as label, at::date as at, null::numeric as amount from interactions where kind = 'email_bounced_soft' and account_id <> {Known} and at >= $1::date and at < $2::date + 1", "interaction."),

        new("invoiced", $"select id, account_id, to_char(date, 'YYYY-MM') as label, date as at, net as amount from documents where type = 'Invoice' and account_id <> {Known} and date between $1 and $2", HasAmount: true),
        new("credit_notes", $"select id, account_id, to_char(date, 'YYYY-MM') as label, date as at, net as amount from documents where type = 'CreditNote' and account_id <> {Known} and date between $1 and $2", HasAmount: true),
        new("unpaid", $"select id, account_id, case when coalesce(due_on, date + 30) < current_date then 'late' else 'due' end as label, coalesce(due_on, date + 30) as at, coalesce(gross, net) as amount from documents where type = 'Invoice' and not paid and account_id <> {Known}", "figure.unpaid.", HasAmount: true, HasPeriod: false),
        new("overdue", $"select id, account_id, case when coalesce(due_on, date + 30) < current_date - 60 then '60' when coalesce(due_on, date + 30) < current_date - 30 then '30' else '0' end as label, coalesce(due_on, date + 30) as at, coalesce(gross, net) as amount from documents where type = 'Invoice' and not paid and coalesce(due_on, date + 30) < current_date and account_id <> {Known}", "figure.overdue.", HasAmount: true, HasPeriod: false),

        new("complaints", $"select id, account_id, coalesce(nullif(subject, ''), '{Missing}') as label, at::date as at, null::numeric as amount from interactions where kind in ('complaint', 'support') and account_id <> {Known} and at >= $1::date and at < $2::date + 1") { Lacks = "subject" },
        new("surveys", $"select id, account_id, details ->> 'score' as label, at::date as at, null::numeric as amount from interactions where kind = 'survey' and details ->> 'score' is not null and account_id <> {Known} and at >= $1::date and at < $2::date + 1"),
        new("satisfied", $"select id, account_id, details ->> 'score' as label, at::date as at, null::numeric as amount from interactions where kind = 'survey' and details ->> 'score' in ('8', '9', '10') and account_id <> {Known} and at >= $1::date and at < $2::date + 1"),

        new("ranges", $"select l.id, l.account_id, coalesce(p.range, '{Missing}') as label, d.date as at, l.net as amount from document_lines l join documents d on d.account_id = l.account_id and d.id = l.document_id join products p on p.id = l.product_id where d.type = 'Invoice' and d.date between $1 and $2 and d.account_id <> {Known}", HasAmount: true) { Lacks = "range" },
        new("needs", $"select id, account_id, coalesce(nullif(subject, ''), '{Missing}') as label, at::date as at, null::numeric as amount from interactions where kind = 'need' and account_id <> {Known} and at >= $1::date and at < $2::date + 1") { Lacks = "subject" },

        new("digital", $"select id, account_id, kind as label, at::date as at, null::numeric as amount from interactions where channel in ('web', 'email') and direction = 'Inbound' and account_id <> {Known} and at >= $1::date and at < $2::date + 1", "interaction."),
        new("channels", $"select id, account_id, channel as label, at::date as at, null::numeric as amount from interactions where direction = 'Inbound' and account_id <> {Known} and at >= $1::date and at < $2::date + 1", "channel."),
        new("ropo",
            $"""
            select l.id, l.account_id, l.kind as label, l.at::date as at, b.amount
            from (select distinct on (i.account_id) i.id, i.account_id, i.kind, i.at from interactions i
              where i.channel = 'web' and i.direction = 'Inbound' and i.account_id <> {Known} and i.at >= $1::date and i.at < $2::date + 1
              order by i.account_id, i.at, i.id) l
            cross join lateral (select sum(d.net) as amount from documents d
              where d.account_id = l.account_id and d.type = 'Invoice' and d.date >= l.at::date and d.date <= l.at::date + 90) b
            where b.amount is not null
            """, "interaction.", HasAmount: true),

        new("campaign_touched", $"select l.id, l.account_id, l.kind as label, l.at::date as at, null::numeric as amount from {Touched}", "interaction."),
        new("campaign_opened", $"select l.id, l.account_id, l.kind as label, l.at::date as at, o.amount from {Touched} cross join lateral {Opened}) o where o.amount is not null", "interaction.", HasAmount: true),
        new("campaign_won", $"select l.id, l.account_id, l.kind as label, l.at::date as at, o.amount from {Touched} cross join lateral {Opened} and o.stage = 'Won') o where o.amount is not null", "interaction.", HasAmount: true),

        new("journey", $"select distinct on (account_id, stage, channel) id, account_id, stage || '-' || channel as label, at, null::numeric as amount from {Journeys.Steps} order by account_id, stage, channel, at, id"),
    ];

    private static Figure Market(string name, string label, string type) => new(
        name, $"select a.id, a.id as account_id, {label} as label, a.created_at::date as at, null::numeric as amount from accounts a join ({Companies}) on u.siren = a.siren where a.type {type}", HasPeriod: false);

    public static Figure? Find(string name) => All.FirstOrDefault(figure => figure.Name == name);
}
