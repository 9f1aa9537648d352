using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Resolution;

namespace Rcu.Exploration.Desk;

/// <summary>Reads what people wrote on a golden row since a moment, and whether it speaks of one record of it.</summary>
internal sealed class WrittenReader(RcuDb db)
{
    public async Task<List<Row>> ReadAsync(ClusterKind kind, Guid golden, Guid record, DateTimeOffset since, CancellationToken ct) => kind is ClusterKind.Account
        ? await OnAccountAsync(golden, record, since, ct)
        : await OnContactAsync(golden, record, since, ct);

    // What names a contact goes with the record that this contact's own records name.
    private Task<List<Row>> OnAccountAsync(Guid golden, Guid record, DateTimeOffset since, CancellationToken ct) => db.Database.SqlQuery<Row>(
        $"""
        with it as (select source_id, external_key from records where id = {record}),
        named as (
          select lc.cluster_id as contact_id, bool_or(c.source_id = it.source_id and c.fields ->> 'account_key' = it.external_key) as mine,
            bool_or(not (c.source_id = it.source_id and c.fields ->> 'account_key' = it.external_key)) as theirs
          from links l
          join records c on c.id = l.record_id and c.kind = 'Contact'
          join links lc on lc.record_id = c.id and lc.kind = 'Contact'
          cross join it
          where l.kind = 'Account' and l.cluster_id = {golden}
          group by 1)
        select x.key as "Key", x.what as "What", x.text as "Text", x.by as "By", x.at as "At",
          coalesce(n.mine and not n.theirs, false) as "Mine", n.contact_id is not null and n.mine <> n.theirs as "IsSure"
        from (
          select 'task:' || id as key, 'task' as what, title as text, created_by as by, created_at as at, contact_id from account_tasks
          where account_id = {golden} and created_at >= {since}
          union all
          select 'note:' || i.id, 'note', left(i.text, 200), coalesce(r.fields ->> 'author', ''), s.received_at, i.contact_id
          from interactions i join records r on r.id = i.id join source_records s on s.id = r.source_record_id
          where i.account_id = {golden} and i.source = 'saisie' and r.fields ->> 'account_id' = {golden.ToString()} and s.received_at >= {since}
          union all
          select 'tag:' || tag, 'tag', tag, tagged_by, tagged_at, null from account_tags where account_id = {golden} and tagged_at >= {since}
          union all
          select 'follow:' || follower, 'follow', follower, follower, since, null from account_follows where account_id = {golden} and since >= {since}
          union all
          select 'role:' || fact_id, 'role', concat_ws(' · ', function, job_title, remark), set_by, set_at, contact_id from typed_roles
          where account_id = {golden} and dropped_at is null and account_record_id <> {record} and set_at >= {since}
          union all
          select 'stance:' || fact_id, 'stance', stance, set_by, set_at, contact_id from typed_stances
          where account_id = {golden} and dropped_at is null and account_record_id <> {record} and set_at >= {since}
          union all
          select 'values:' || r.id, 'values', (select string_agg(v.key || ' : ' || v.value, ' · ') from jsonb_each_text(r.fields) v), u.requested_by, r.changed_at, null
          from links l join records r on r.id = l.record_id and r.kind = 'Account' and r.fields <> {Empty}::jsonb
          join sources s on s.id = r.source_id and s.name = 'saisie' join runs u on u.id = r.run_id
          where l.kind = 'Account' and l.cluster_id = {golden} and r.id <> {record} and r.changed_at >= {since}) x
        left join named n on n.contact_id = x.contact_id
        order by x.at desc, x.key limit {Most}
        """).ToListAsync(ct);

    private Task<List<Row>> OnContactAsync(Guid golden, Guid record, DateTimeOffset since, CancellationToken ct) => db.Database.SqlQuery<Row>(
        $"""
        select x.key as "Key", x.what as "What", x.text as "Text", x.by as "By", x.at as "At", false as "Mine", false as "IsSure"
        from (
          select 'task:' || id as key, 'task' as what, title as text, created_by as by, created_at as at from account_tasks
          where contact_id = {golden} and created_at >= {since}
            and account_id in (select account_id from contacts where id = {golden} union select account_id from roles where contact_id = {golden})
          union all
          select 'note:' || i.id, 'note', left(i.text, 200), coalesce(r.fields ->> 'author', ''), s.received_at
          from interactions i join records r on r.id = i.id join source_records s on s.id = r.source_record_id
          where i.contact_id = {golden} and i.source = 'saisie' and r.fields ->> 'contact_id' = {golden.ToString()} and s.received_at >= {since}
          union all
          select 'role:' || fact_id, 'role', concat_ws(' · ', function, job_title, remark), set_by, set_at from typed_roles
          where contact_id = {golden} and dropped_at is null and contact_record_id <> {record} and set_at >= {since}
          union all
          select 'stance:' || fact_id, 'stance', stance, set_by, set_at from typed_stances
          where contact_id = {golden} and dropped_at is null and contact_record_id <> {record} and set_at >= {since}
          union all
          select 'relation:' || fact_id, 'relation', concat_ws(' · ', kind, remark), set_by, set_at from typed_relations
          where dropped_at is null and set_at >= {since}
            and ((from_contact_id = {golden} and from_record_id <> {record}) or (to_contact_id = {golden} and to_record_id <> {record}))
          union all
          select 'values:' || r.id, 'values', (select string_agg(v.key || ' : ' || v.value, ' · ') from jsonb_each_text(r.fields) v), u.requested_by, r.changed_at
          from links l join records r on r.id = l.record_id and r.kind = 'Contact' and r.fields <> {Empty}::jsonb
          join sources s on s.id = r.source_id and s.name = 'saisie' join runs u on u.id = r.run_id
          where l.kind = 'Contact' and l.cluster_id = {golden} and r.id <> {record} and r.changed_at >= {since}) x
        order by x.at desc, x.key limit {Most}
        """).ToListAsync(ct);

    private const int Most = 200;
    private const string Empty = "{}";

    public sealed record Row(string Key, string What, string Text, string By, DateTimeOffset At, bool Mine, bool IsSure);
}
