-- An invoice only the ledger knows: its customer line (411) gives the amount and the account, its sales lines (70) the net amount.
-- When a paper of that number comes later, what the ledger made of it goes.
with since as (
  select coalesce(max((value #>> '{}')::timestamptz), '-infinity') as at from hub_settings where name = 'projected_at'),
away as (
  select h.record_id from link_history h cross join since where h.left_at >= since.at),
touched as (
  select distinct r.source_id, r.fields ->> 'number' as number
  from records r cross join since
  left join records a on a.source_id = r.source_id and a.kind = 'Account' and a.external_key = r.fields ->> 'account_key'
  left join links l on l.record_id = a.id and l.kind = 'Account'
  where r.kind in ('DocumentLine', 'Document') and r.fields ? 'number'
    and (r.cleaned_at >= since.at or r.removed_at >= since.at or (r.kind = 'DocumentLine' and (l.linked_at >= since.at or a.id in (select record_id from away))))),
booked as (
  select t.source_id, t.number, (array_agg(r.id order by r.id) filter (where r.fields ->> 'ledger_account' like '411%'))[1] as id,
    min(r.fields ->> 'date') as date,
    max(r.fields ->> 'account_key') as account_key,
    sum(case when r.fields ->> 'ledger_account' like '411%' then coalesce((r.fields ->> 'debit')::numeric, 0) - coalesce((r.fields ->> 'credit')::numeric, 0) end) as gross,
    sum(case when r.fields ->> 'ledger_account' like '70%' then coalesce((r.fields ->> 'credit')::numeric, 0) - coalesce((r.fields ->> 'debit')::numeric, 0) end) as net,
    bool_or(r.fields ? 'lettering') as lettered
  from touched t
  join records r on r.source_id = t.source_id and r.kind = 'DocumentLine' and r.fields ->> 'number' = t.number and r.removed_at is null
  where not exists (
    select from records d
    where d.source_id = t.source_id and d.kind = 'Document' and d.fields ->> 'number' = t.number and d.removed_at is null)
  group by t.source_id, t.number),
wanted as (
  select b.*, s.name as source, coalesce(l.cluster_id, $1) as account_id
  from booked b
  join sources s on s.id = b.source_id
  left join records a on a.source_id = b.source_id and a.kind = 'Account' and a.external_key = b.account_key and a.removed_at is null
  left join links l on l.record_id = a.id and l.kind = 'Account'
  where b.id is not null and b.net is not null and b.date is not null),
gone as (
  delete from documents x using touched t, records r
  where r.source_id = t.source_id and r.kind = 'DocumentLine' and r.fields ->> 'number' = t.number and x.id = r.id
    and not exists (select from wanted w where w.id = x.id and w.account_id = x.account_id))
insert into documents as x (account_id, id, number, type, date, net, tax, gross, currency, paid, source)
select account_id, id, number, case when gross < 0 then 'CreditNote' else 'Invoice' end, date::date, abs(net), abs(gross) - abs(net), abs(gross), 'EUR',
  case when lettered then true end, source
from wanted
on conflict (account_id, id) do update
set number = excluded.number, type = excluded.type, date = excluded.date, net = excluded.net, tax = excluded.tax, gross = excluded.gross, paid = excluded.paid
where (x.number, x.type, x.date, x.net, x.tax, x.gross, x.paid)
  is distinct from (excluded.number, excluded.type, excluded.date, excluded.net, excluded.tax, excluded.gross, excluded.paid);
