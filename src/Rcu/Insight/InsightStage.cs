using Npgsql;
using Rcu.Insight.Computed;
using Rcu.Insight.Worth;

namespace Rcu.Insight;

/// <summary>
/// Computes the figures of the accounts that changed, and of all of them on a new day, as of the same moment; then raises what the
/// register says of them.
/// </summary>
public sealed class InsightStage(NpgsqlDataSource database, TimeProvider clock) : IStage
{
    public string Name => "Insight";

    public async Task RunAsync(IStageProgress progress, CancellationToken ct)
    {
        await using var due = await InsightDue.TakeAsync(database, clock.GetUtcNow(), ct);
        var written = await FigureAsync(due, ct);
        await due.AnalyzeAsync(ct);
        await new AccountWorths(due).RunAsync(ct);
        await due.AnalyzeAsync(ct);
        await new LeadScores(due).RunAsync(ct);
        await new ComputedValues(due).RunAsync(ct);
        await due.CommitAsync(ct);
        await new MatchStakes(database).RunAsync(ct);
        await new RegisterWatch(database, clock).RunAsync(ct);
        await new QualityScores(database, clock).RunAsync(ct);
        await new RegisterSearch(database, clock).RunAsync(RegisterSearch.PerPass, ct);
        await new NameWords(database, clock).RunAsync(ct);
        await progress.ReportAsync(written, written, ct);
    }

    private static async Task<int> FigureAsync(InsightDue due, CancellationToken ct)
    {
        var written = await due.ExecuteAsync(
            """
            with bills as (
              select account_id,
                sum(case when type = 'CreditNote' then -net else net end) filter (where date > $2 and date <= $1) as revenue12m,
                sum(case when type = 'CreditNote' then -net else net end) filter (where date > $3 and date <= $2) as revenue_previous12m,
                avg(net) filter (where type = 'Invoice') as average_basket,
                count(*) filter (where type = 'Invoice') as order_count,
                max(date) filter (where type = 'Invoice') as last_order_on,
                sum(coalesce(gross, net)) filter (where type = 'Invoice' and not paid and coalesce(due_on, date + 30) < $1) as overdue_amount,
                count(*) filter (where type = 'Invoice' and not paid and coalesce(due_on, date + 30) < $1) as overdue_count,
                sum(coalesce(gross, net)) filter (where type = 'Invoice' and not paid) as outstanding
              from documents join insight_due using (account_id) where type in ('Invoice', 'CreditNote') group by account_id),
            deals as (
              select account_id, count(*) as open_opportunities, coalesce(sum(amount), 0) as open_amount
              from opportunities join insight_due using (account_id) where stage not in ('Won', 'Lost') group by account_id),
            -- Each signal halves every thirty days; a form tells more than a click, a click than a page, a page than an opening.
            signals as (
              select account_id, max(at) as last_at, (array_agg(channel order by at desc, id))[1] as channel,
                sum(power(0.5, greatest(extract(epoch from $4 - at), 0) / 2592000.0) * case kind
                  when 'form_sent' then 30 when 'meeting' then 30 when 'trade_show' then 25 when 'call' then 20
                  when 'email_clicked' then 12 when 'page_viewed' then 5 when 'email_opened' then 4 else 0 end) as warmth
              from interactions join insight_due using (account_id) where at <= $4 and kind not in ('email_delivered', 'email_sent', 'email_bounced_hard', 'email_bounced_soft')
              group by account_id),
            people as (
              select account_id, count(*) as contact_count, count(*) filter (where email_reach = 'Allowed') as reachable_by_email
              from contacts join insight_due using (account_id) group by account_id)
            insert into account_metrics (account_id, revenue12m, revenue_previous12m, average_basket, order_count, last_order_on, overdue_amount,
              overdue_count, outstanding, open_opportunities, open_amount, last_interaction_at, last_interaction_channel, engagement,
              contact_count, reachable_by_email, computed_at)
            select a.id, coalesce(b.revenue12m, 0), coalesce(b.revenue_previous12m, 0), b.average_basket, coalesce(b.order_count, 0), b.last_order_on,
              coalesce(b.overdue_amount, 0), coalesce(b.overdue_count, 0), coalesce(b.outstanding, 0), coalesce(d.open_opportunities, 0),
              coalesce(d.open_amount, 0), s.last_at, s.channel, least(100, round(coalesce(s.warmth, 0)))::int, coalesce(p.contact_count, 0),
              coalesce(p.reachable_by_email, 0), $4
            from accounts a
            join insight_due i on i.account_id = a.id
            left join bills b on b.account_id = a.id
            left join deals d on d.account_id = a.id
            left join signals s on s.account_id = a.id
            left join people p on p.account_id = a.id
            on conflict (account_id) do update
            set revenue12m = excluded.revenue12m, revenue_previous12m = excluded.revenue_previous12m, average_basket = excluded.average_basket,
              order_count = excluded.order_count, last_order_on = excluded.last_order_on, overdue_amount = excluded.overdue_amount,
              overdue_count = excluded.overdue_count, outstanding = excluded.outstanding, open_opportunities = excluded.open_opportunities,
              open_amount = excluded.open_amount, last_interaction_at = excluded.last_interaction_at,
              last_interaction_channel = excluded.last_interaction_channel, engagement = excluded.engagement,
              contact_count = excluded.contact_count, reachable_by_email = excluded.reachable_by_email, computed_at = excluded.computed_at
            """,
            ct, due.Today, due.Today.AddYears(-1), due.Today.AddYears(-2), due.Now);
        await due.ExecuteAsync(
            "delete from account_metrics m using insight_due i where m.account_id = i.account_id and not exists (select from accounts a where a.id = m.account_id)", ct);
        return written;
    }
}
