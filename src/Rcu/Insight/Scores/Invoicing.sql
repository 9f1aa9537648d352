-- Whether an electronic invoice would reach the French customers of the batch.
delete from invoicing_readiness i using score_batch b
where i.account_id = b.id
  and not exists (select from accounts a where a.id = b.id and a.type = 'Customer' and coalesce(a.address_country, 'FR') = 'FR');

insert into invoicing_readiness as known (account_id, gaps, siret, routing_address, computed_at)
select a.id, array_remove(array[
    case when a.siren is null then 'siren' when a.insee_state = 'C' or a.closed_on is not null then 'ceased' when a.insee_state is null then 'state' end,
    case when place.siret is null then 'siret' when place.is_closed then 'siret_closed' end,
    case when a.vat is null then 'vat' when a.siren is not null and a.vat not like 'FR__' || a.siren then 'vat_other' end,
    case when routing.address is null then 'routing' when a.siren is not null and left(routing.address, 9) <> a.siren then 'routing_other' end], null),
  place.siret, routing.address, $1
from score_batch b
join accounts a on a.id = b.id and a.type = 'Customer' and coalesce(a.address_country, 'FR') = 'FR'
cross join lateral (select a.origins -> 'routing_address' ->> 'value' as address) routing
left join lateral (
  select e.siret, e.closed_on is not null or coalesce(e.state, 'A') = 'F' as is_closed
  from establishments e
  where e.account_id = a.id and left(e.siret, 9) = a.siren
  order by 2, e.is_head_office desc, e.siret limit 1) place on true
on conflict (account_id) do update
set gaps = excluded.gaps, siret = excluded.siret, routing_address = excluded.routing_address, computed_at = excluded.computed_at
where (known.gaps, known.siret, known.routing_address) is distinct from (excluded.gaps, excluded.siret, excluded.routing_address)
