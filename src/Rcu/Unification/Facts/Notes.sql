-- A contact's record that carries a note or tells of a meeting (a fair's scan) is an interaction too, under the record's own id.
with since as (
  select coalesce(max((value #>> '{}')::timestamptz), '-infinity') as at from hub_settings where name = 'projected_at'),
away as (
  select h.record_id from link_history h cross join since where h.left_at >= since.at),
wanted as (
  select c.id, s.name as source, c.fields as f, lc.cluster_id as contact_id, coalesce(la.cluster_id, $1) as account_id
  from records c
  join sources s on s.id = c.source_id
  cross join since
  left join links lc on lc.record_id = c.id and lc.kind = 'Contact'
  left join links la on la.record_id = c.id and la.kind = 'Account'
  where c.kind = 'Contact' and c.removed_at is null and c.cleaned_at is not null
    and (c.fields ? 'note' or c.fields ? 'interaction_kind')
    and coalesce(c.fields ->> 'seen_at', c.fields ->> 'created_on') is not null
    and (c.cleaned_at >= since.at or lc.linked_at >= since.at or la.linked_at >= since.at or c.id in (select record_id from away))),
moved as (
  delete from interactions x using wanted w where x.id = w.id and x.account_id <> w.account_id)
insert into interactions as x (account_id, id, contact_id, kind, channel, direction, at, subject, text, campaign, details, source)
select account_id, id, contact_id,
  coalesce(f ->> 'interaction_kind', 'note'), case when f ? 'interaction_kind' then 'event' else 'hub' end, 'Inbound',
  coalesce(f ->> 'seen_at', f ->> 'created_on')::timestamptz, f ->> 'subject', f ->> 'note', f ->> 'campaign', '{}', source
from wanted
on conflict (account_id, id) do update
set contact_id = excluded.contact_id, kind = excluded.kind, at = excluded.at, text = excluded.text
where (x.contact_id, x.kind, x.at, x.text) is distinct from (excluded.contact_id, excluded.kind, excluded.at, excluded.text);
