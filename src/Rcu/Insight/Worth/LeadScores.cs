using Rcu.Data;

namespace Rcu.Insight.Worth;

/// <summary>Scores the accounts that are due, and their contacts, and moves them from state to state. Each move is kept.</summary>
internal sealed class LeadScores(InsightDue due)
{
    public async Task RunAsync(CancellationToken ct)
    {
        if (due.Count == 0)
        {
            return;
        }

        var model = await due.ScalarAsync<string>("select model::text from lead_models order by version desc limit 1", ct) is { } json
            ? Mapping.Read<LeadModel>(json)
            : LeadModel.Default;
        await ScoreAsync(model, ct);
        // Who has a state already is found once: asked account by account, a table that is being filled would be read over and over.
        await due.ExecuteAsync(
            """
            with known as materialized (select distinct m.account_id from lead_moves m join lead_fresh using (account_id))
            insert into lead_moves (account_id, at, from_state, to_state, score)
            select w.account_id, $1, case when k.account_id is not null then w.state end, f.state, f.score
            from lead_fresh f join account_worths w using (account_id) left join known k using (account_id)
            where w.state <> f.state or k.account_id is null
            on conflict (account_id, at) do update set to_state = excluded.to_state, score = excluded.score
            """,
            ct, due.Now);
        await due.ExecuteAsync(
            """
            update account_worths w
            set lead_score = f.score, lead_reasons = f.reasons, state = f.state, state_since = case when w.state = f.state then w.state_since else $1 end
            from lead_fresh f
            where w.account_id = f.account_id and (w.lead_score, w.lead_reasons, w.state) is distinct from (f.score, f.reasons, f.state)
            """,
            ct, due.Now);
        await ScoreContactsAsync(model, ct);
    }

    /// <summary>Fills the temporary table <c>lead_fresh</c> with the score, its reasons and the state of each account that is due.</summary>
    internal async Task ScoreAsync(LeadModel model, CancellationToken ct)
    {
        await due.ExecuteAsync(
            "create temp table if not exists lead_fresh (account_id uuid primary key, score int not null, reasons jsonb not null, state text not null) on commit drop; truncate lead_fresh", ct);
        await due.ExecuteAsync(
            """
            with weights as (select * from unnest($5::text[], $6::numeric[]) w (function, weight)),
            parts as materialized (
              select distinct on (r.account_id, r.contact_id) r.account_id, r.contact_id, r.function, w.weight
              from roles r join insight_due using (account_id) join weights w on w.function = r.function
              where r.ended_on is null or r.ended_on > $2
              order by r.account_id, r.contact_id, w.weight desc, r.function),
            signals as (
              select i.account_id, i.kind, p.function,
                (s.points * coalesce(p.weight, 1))::float8 * power(0.5::float8, (greatest(extract(epoch from $1 - i.at), 0) / 86400 / $7)::float8) as points
              from interactions i
              join insight_due using (account_id)
              join unnest($3::text[], $4::numeric[]) s (kind, points) on s.kind = i.kind
              left join parts p on p.account_id = i.account_id and p.contact_id = i.contact_id
              where i.at <= $1 and s.points > 0),
            grouped as (
              select account_id, kind, function, count(*) as signals, sum(points) as points,
                row_number() over (partition by account_id order by sum(points) desc, kind, function) as place
              from signals group by account_id, kind, function),
            scored as (
              select account_id, least(100, round(sum(points)))::int as score,
                jsonb_agg(jsonb_build_object('code', kind, 'points', round(points::numeric, 1), 'of', function, 'first', signals) order by place)
                  filter (where place <= 5 and points >= 0.05) as reasons
              from grouped group by account_id)
            insert into lead_fresh
            select a.id, coalesce(s.score, 0), coalesce(s.reasons, '[]'), case
                when k.last_order_on > ($2 - make_interval(months => $8))::date then 'Customer'
                when k.last_order_on is not null or a.type = 'FormerCustomer' then 'Former'
                when a.type = 'Customer' then 'Customer'
                when coalesce(s.score, 0) >= $9 and (a.headcount >= $11 or k.open_amount >= $12) then 'Strategic'
                when coalesce(s.score, 0) >= $10 then 'Hot'
                when coalesce(s.score, 0) >= $9 then 'Warm'
                when coalesce(s.score, 0) >= 1 then 'Cold'
                else 'Suspect' end
            from insight_due i
            join accounts a on a.id = i.account_id
            left join account_metrics k on k.account_id = a.id
            left join scored s on s.account_id = a.id
            """,
            ct, [due.Now, due.Today, .. Signals(model), .. Weights(model), (decimal)model.HalfLifeDays, model.CustomerMonths, model.WarmFrom, model.HotFrom,
            model.StrategicHeadcount, model.StrategicAmount]);
        await due.ExecuteAsync("analyze lead_fresh", ct);
        await due.ExecuteAsync(
            "update lead_fresh f set state = h.state from lead_holds h where h.account_id = f.account_id and h.until > $1 and f.state <> 'Customer'", ct, due.Now);
    }

    private async Task ScoreContactsAsync(LeadModel model, CancellationToken ct)
    {
        await due.ExecuteAsync(
            """
            insert into contact_leads (contact_id, score, computed_at)
            select c.id, least(100, round(sum(s.points::float8 * power(0.5::float8, (greatest(extract(epoch from $1 - i.at), 0) / 86400 / $4)::float8))))::int, $1
            from contacts c
            join insight_due d on d.account_id = c.account_id
            join interactions i on i.contact_id = c.id
            join unnest($2::text[], $3::numeric[]) s (kind, points) on s.kind = i.kind
            where i.at <= $1
            group by c.id
            on conflict (contact_id) do update set score = excluded.score, computed_at = excluded.computed_at
            """,
            ct, [due.Now, .. Signals(model), (decimal)model.HalfLifeDays]);
        // Who has no signal any more; on a new day, who is no longer there either.
        await (due.IsWhole
            ? due.ExecuteAsync("delete from contact_leads where computed_at < $1", ct, due.Now)
            : due.ExecuteAsync(
                "delete from contact_leads l using contacts c join insight_due d on d.account_id = c.account_id where l.contact_id = c.id and l.computed_at < $1", ct, due.Now));
    }

    private static object[] Signals(LeadModel model) => [model.Signals.Keys.ToArray(), model.Signals.Values.ToArray()];

    private static object[] Weights(LeadModel model) => [model.Roles.Keys.Select(function => function.ToString()).ToArray(), model.Roles.Values.ToArray()];
}
