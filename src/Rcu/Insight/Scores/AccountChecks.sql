-- Whether what the hub holds of an account holds together. $1 and $2: NAF rév. 2 codes and the one code of NAF 2025 that follows each.
insert into score_checks (id, field)
select b.id, said.field
from score_batch b
join accounts a on a.id = b.id
cross join lateral (values
  ('siren_vat', a.vat like 'FR___________' and right(a.vat, 9) <> a.siren),
  ('siren_siret', exists (select from establishments e where e.account_id = a.id and left(e.siret, 9) <> a.siren)),
  ('naf_editions', exists (select from unnest($1::text[], $2::text[]) follows (old, new) where old = a.naf and new <> a.naf2025)),
  ('postal_city', a.address_postal_code is not null and a.address_city is not null and a.address_commune_code is null
    and coalesce(a.address_country, 'FR') = 'FR'),
  ('ceased', a.type = 'Customer' and (a.insee_state = 'C' or a.closed_on is not null))) said (field, holds)
where said.holds
