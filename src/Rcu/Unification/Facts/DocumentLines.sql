-- Lines, on the document of the same source that bears their number, wherever that document now is, and the products they name.
with since as (
  select coalesce(max((value #>> '{}')::timestamptz), '-infinity') as at from hub_settings where name = 'projected_at'),
wanted as (
  select r.id, r.fields as f, s.name as source, d.account_id, d.id as document_id
  from records r
  join sources s on s.id = r.source_id
  join documents d on d.number = r.fields ->> 'number' and d.source = s.name
  left join document_lines x on x.id = r.id
  cross join since
  where r.kind = 'DocumentLine' and r.removed_at is null and r.cleaned_at is not null
    and (r.cleaned_at >= since.at or x.id is null or x.account_id <> d.account_id or x.document_id <> d.id
      or (x.product_id is null and r.fields ? 'product_code'))),
named as (
  insert into products as p (id, code, label, range)
  select distinct on (f ->> 'product_code') gen_random_uuid(), f ->> 'product_code', coalesce(f ->> 'label', f ->> 'product_code'), f ->> 'product_range'
  from wanted where f ? 'product_code' order by f ->> 'product_code', f ->> 'product_range' is null, f ->> 'label' is null, id desc
  on conflict (code) do update
  set label = case when excluded.label <> excluded.code then excluded.label else p.label end, range = coalesce(excluded.range, p.range)
  where (p.label <> excluded.label and excluded.label <> excluded.code) or coalesce(excluded.range, p.range) is distinct from p.range
  returning id, code),
moved as (
  delete from document_lines x using wanted w where x.id = w.id and (x.account_id <> w.account_id or x.document_id <> w.document_id))
insert into document_lines as x (account_id, document_id, id, place, label, product_id, ledger_account, quantity, net, debit, credit, source)
select account_id, document_id, id, row_number() over (partition by document_id order by f ->> 'ledger_account', id),
  coalesce(f ->> 'label', f ->> 'ledger_label'),
  coalesce((select n.id from named n where n.code = f ->> 'product_code'), (select p.id from products p where p.code = f ->> 'product_code')),
  f ->> 'ledger_account', (f ->> 'quantity')::numeric, (f ->> 'net')::numeric,
  (f ->> 'debit')::numeric, (f ->> 'credit')::numeric, source
from wanted
on conflict (account_id, document_id, id) do update
set label = excluded.label, product_id = excluded.product_id, ledger_account = excluded.ledger_account, quantity = excluded.quantity, net = excluded.net,
  debit = excluded.debit, credit = excluded.credit;
