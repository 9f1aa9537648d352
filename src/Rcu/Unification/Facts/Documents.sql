-- Papers, on the account of the customer code they bear. One without a date or an amount stays evidence only.
with since as (
  select coalesce(max((value #>> '{}')::timestamptz), '-infinity') as at from hub_settings where name = 'projected_at'),
away as (
  select h.record_id from link_history h cross join since where h.left_at >= since.at),
wanted as (
  select d.id, s.name as source, d.fields as f, coalesce(l.cluster_id, $1) as account_id,
    replace(initcap(replace(coalesce(d.fields ->> 'type', 'invoice'), '_', ' ')), ' ', '') as type
  from records d
  join sources s on s.id = d.source_id
  cross join since
  left join records a on a.source_id = d.source_id and a.kind = 'Account' and a.external_key = d.fields ->> 'account_key'
  left join links l on l.record_id = a.id and l.kind = 'Account'
  where d.kind = 'Document' and d.removed_at is null and d.cleaned_at is not null
    and d.fields ? 'date' and d.fields ?| array['net', 'gross']
    and (d.cleaned_at >= since.at or l.linked_at >= since.at or a.id in (select record_id from away))),
moved as (
  delete from documents x using wanted w where x.id = w.id and x.account_id <> w.account_id)
insert into documents as x (account_id, id, number, type, date, due_on, net, tax, gross, currency, paid, source)
select account_id, id, coalesce(f ->> 'number', id::text), type, (f ->> 'date')::date, (f ->> 'due_on')::date,
  abs(coalesce(f ->> 'net', f ->> 'gross')::numeric), abs((f ->> 'tax')::numeric), abs((f ->> 'gross')::numeric),
  coalesce(f ->> 'currency', 'EUR'), (f ->> 'paid')::boolean, source
from wanted
on conflict (account_id, id) do update
set number = excluded.number, type = excluded.type, date = excluded.date, due_on = excluded.due_on, net = excluded.net, tax = excluded.tax,
  gross = excluded.gross, currency = excluded.currency, paid = excluded.paid
where (x.number, x.type, x.date, x.due_on, x.net, x.tax, x.gross, x.currency, x.paid)
  is distinct from (excluded.number, excluded.type, excluded.date, excluded.due_on, excluded.net, excluded.tax, excluded.gross,
    excluded.currency, excluded.paid);
