-- Interactions, each on the contact its source names and on the account in force at that date. What was typed in the hub
-- names the account and the contact themselves, or those that answer for them now. Whoever changed employer by any of their records
-- takes all that is theirs to the account of its day. $2: one record alone, else what changed.
with since as (
  select coalesce(max((value #>> '{}')::timestamptz), '-infinity') as at from hub_settings where name = 'projected_at'),
away as (
  select h.record_id, h.kind, h.cluster_id from link_history h cross join since where h.left_at >= since.at),
touched as (
  select lc.cluster_id as contact_id from links lc cross join since
  join links own on own.record_id = lc.record_id
  where lc.kind = 'Contact' and own.linked_at >= since.at
  union select lc.cluster_id from links lc join away w on w.record_id = lc.record_id where lc.kind = 'Contact'
  union select cluster_id from away where kind = 'Contact'
  union select lc.cluster_id from links lc cross join since join records c on c.id = lc.record_id and c.kind = 'Contact'
    where lc.kind = 'Contact' and c.cleaned_at >= since.at),
movers as (
  select contact_id from roles where function = 'Employee' group by contact_id having count(distinct account_id) > 1),
wanted as (
  select i.id, s.name as source, i.fields as f, coalesce(tc.id, rc.survivor_id, lc.cluster_id) as contact_id,
    coalesce(ta.id, ra.survivor_id, then_at.account_id, lca.cluster_id, laa.cluster_id, $1) as account_id
  from records i
  join sources s on s.id = i.source_id
  cross join since
  cross join lateral (
    select case when s.name = 'saisie' then (i.fields ->> 'account_id')::uuid end as account_id,
      case when s.name = 'saisie' then (i.fields ->> 'contact_id')::uuid end as contact_id) typed
  left join accounts ta on ta.id = typed.account_id
  left join redirects ra on ra.retired_id = typed.account_id and ra.kind = 'Account'
  left join contacts tc on tc.id = typed.contact_id
  left join redirects rc on rc.retired_id = typed.contact_id and rc.kind = 'Contact'
  left join records c on c.source_id = i.source_id and c.kind = 'Contact' and c.external_key = i.fields ->> 'contact_key'
  left join links lc on lc.record_id = c.id and lc.kind = 'Contact'
  left join links lca on lca.record_id = c.id and lca.kind = 'Account'
  left join records a on a.source_id = i.source_id and a.kind = 'Account' and a.external_key = i.fields ->> 'account_key'
  left join links laa on laa.record_id = a.id and laa.kind = 'Account'
  left join movers m on m.contact_id = lc.cluster_id
  left join lateral (
    select r.account_id from roles r
    where m.contact_id is not null and r.contact_id = m.contact_id and r.function = 'Employee'
      and (r.started_on is null or r.started_on <= (i.fields ->> 'at')::timestamptz::date)
      and (r.ended_on is null or r.ended_on > (i.fields ->> 'at')::timestamptz::date)
    order by r.started_on desc nulls last, r.id limit 1) then_at on true
  where i.kind = 'Interaction' and i.removed_at is null and i.cleaned_at is not null and i.fields ? 'at'
    and (i.id = $2 or ($2::uuid is null and (
      typed.account_id is not null
      or i.cleaned_at >= since.at or lc.linked_at >= since.at or lca.linked_at >= since.at or laa.linked_at >= since.at
      or lc.cluster_id in (select contact_id from touched)
      or a.id in (select record_id from away) or c.id in (select record_id from away))))),
moved as (
  delete from interactions x using wanted w where x.id = w.id and x.account_id <> w.account_id)
insert into interactions as x (account_id, id, contact_id, kind, channel, direction, at, subject, text, campaign, details, source)
select account_id, id, contact_id,
  coalesce(f ->> 'kind', 'note'), coalesce(f ->> 'channel', 'hub'), initcap(coalesce(f ->> 'direction', 'inbound')), (f ->> 'at')::timestamptz,
  coalesce(f ->> 'subject', f ->> 'event', f ->> 'page'), f ->> 'text', f ->> 'campaign',
  f - array['kind', 'channel', 'direction', 'at', 'subject', 'event', 'page', 'text', 'campaign', 'contact_key', 'account_key',
    'account_id', 'contact_id', 'ip'],
  source
from wanted
on conflict (account_id, id) do update
set contact_id = excluded.contact_id, kind = excluded.kind, channel = excluded.channel, direction = excluded.direction, at = excluded.at,
  subject = excluded.subject, text = excluded.text, campaign = excluded.campaign, details = excluded.details
where (x.contact_id, x.kind, x.channel, x.direction, x.at, x.subject, x.text, x.campaign, x.details)
  is distinct from (excluded.contact_id, excluded.kind, excluded.channel, excluded.direction, excluded.at, excluded.subject, excluded.text,
    excluded.campaign, excluded.details);
