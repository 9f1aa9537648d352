-- Opportunities, on the account of the key they bear.
with since as (
  select coalesce(max((value #>> '{}')::timestamptz), '-infinity') as at from hub_settings where name = 'projected_at'),
away as (
  select h.record_id from link_history h cross join since where h.left_at >= since.at),
wanted as (
  select o.id, s.name as source, o.fields as f, coalesce(l.cluster_id, $1) as account_id, lc.cluster_id as contact_id
  from records o
  join sources s on s.id = o.source_id
  cross join since
  left join records a on a.source_id = o.source_id and a.kind = 'Account' and a.external_key = o.fields ->> 'account_key'
  left join links l on l.record_id = a.id and l.kind = 'Account'
  left join records c on c.source_id = o.source_id and c.kind = 'Contact' and c.external_key = o.fields ->> 'contact_key'
  left join links lc on lc.record_id = c.id and lc.kind = 'Contact'
  where o.kind = 'Opportunity' and o.removed_at is null and o.cleaned_at is not null and o.fields ? 'stage'
    and (o.cleaned_at >= since.at or l.linked_at >= since.at or lc.linked_at >= since.at
      or a.id in (select record_id from away) or c.id in (select record_id from away))),
moved as (
  delete from opportunities x using wanted w where x.id = w.id and x.account_id <> w.account_id)
insert into opportunities as x (account_id, id, contact_id, name, stage, stage_label, amount, currency, close_on, source)
select account_id, id, contact_id, coalesce(f ->> 'name', 'Sans nom'), initcap(f ->> 'stage'), f ->> 'stage_label', (f ->> 'amount')::numeric,
  coalesce(f ->> 'currency', 'EUR'), (f ->> 'close_on')::date, source
from wanted
on conflict (account_id, id) do update
set contact_id = excluded.contact_id, name = excluded.name, stage = excluded.stage, stage_label = excluded.stage_label, amount = excluded.amount,
  currency = excluded.currency, close_on = excluded.close_on
where (x.contact_id, x.name, x.stage, x.stage_label, x.amount, x.currency, x.close_on)
  is distinct from (excluded.contact_id, excluded.name, excluded.stage, excluded.stage_label, excluded.amount, excluded.currency, excluded.close_on);
