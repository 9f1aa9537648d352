-- What most rules ask of an account and of its figures, in rows a fifth as wide as accounts: a rule being written is counted by
-- reading them all. Triggers keep them what both tables say, in the transaction that writes these.
create table account_facets (
  id uuid primary key,
  updated_at timestamptz not null,
  record_count int not null,
  blocked boolean not null,
  returned boolean not null,
  -- What rules ask most comes first: PostgreSQL goes through a row up to the last column it is asked.
  order_count int,
  last_order_on date,
  engagement int,
  headcount int,
  open_opportunities int,
  contact_count int,
  reachable_by_email int,
  customer_since date,
  last_interaction_at timestamptz,
  type text,
  revenue12m numeric(18, 2),
  region_folded text generated always as (lower(address_region)) stored,
  naf_folded text generated always as (lower(naf)) stored,
  department_folded text generated always as (lower(address_department)) stored,
  city_folded text generated always as (lower(address_city)) stored,
  address_region text,
  naf text,
  address_department text,
  size_class text,
  headcount_band text,
  diffusion text,
  insee_state text,
  closed_on date,
  founded_on date,
  revenue_previous12m numeric(18, 2),
  average_basket numeric(18, 2),
  overdue_amount numeric(18, 2),
  outstanding numeric(18, 2),
  open_amount numeric(18, 2),
  address_country text,
  address_postal_code text,
  address_city text,
  siren text,
  legal_form text,
  naf2025 text,
  last_interaction_channel text,
  address_commune_code text,
  address_street text,
  address_complement text) with (fillfactor = 90);

create function facets_of_accounts() returns trigger language plpgsql as $$
begin
  insert into account_facets as f (id, updated_at, record_count, blocked, returned, order_count, last_order_on, engagement, headcount, open_opportunities, contact_count,
    reachable_by_email, customer_since, last_interaction_at, type, revenue12m, address_region, naf, address_department, size_class,
    headcount_band, diffusion, insee_state, closed_on, founded_on, revenue_previous12m, average_basket, overdue_amount, outstanding,
    open_amount, address_country, address_postal_code, address_city, siren, legal_form, naf2025, last_interaction_channel,
    address_commune_code, address_street, address_complement)
  select a.id, a.updated_at, a.record_count, a.blocked, exists (select from postal_flags p where p.account_id = a.id), m.order_count, m.last_order_on, m.engagement, a.headcount, m.open_opportunities,
    m.contact_count, m.reachable_by_email, a.customer_since, m.last_interaction_at, a.type, m.revenue12m, a.address_region, a.naf,
    a.address_department, a.size_class, a.headcount_band, a.diffusion, a.insee_state, a.closed_on, a.founded_on, m.revenue_previous12m,
    m.average_basket, m.overdue_amount, m.outstanding, m.open_amount, a.address_country, a.address_postal_code, a.address_city, a.siren,
    a.legal_form, a.naf2025, m.last_interaction_channel, a.address_commune_code, a.address_street, a.address_complement
  from written a left join account_metrics m on m.account_id = a.id
  order by a.id
  on conflict (id) do update set
    type = excluded.type, siren = excluded.siren, legal_form = excluded.legal_form, blocked = excluded.blocked, naf = excluded.naf,
    naf2025 = excluded.naf2025, headcount = excluded.headcount, headcount_band = excluded.headcount_band, size_class = excluded.size_class,
    founded_on = excluded.founded_on, closed_on = excluded.closed_on, insee_state = excluded.insee_state, diffusion = excluded.diffusion,
    address_street = excluded.address_street, address_complement = excluded.address_complement,
    address_postal_code = excluded.address_postal_code, address_city = excluded.address_city,
    address_commune_code = excluded.address_commune_code, address_department = excluded.address_department,
    address_region = excluded.address_region, address_country = excluded.address_country, customer_since = excluded.customer_since,
    record_count = excluded.record_count, updated_at = excluded.updated_at;
  return null;
end
$$;

create function facets_of_gone() returns trigger language plpgsql as $$
begin
  delete from account_facets f using gone g where f.id = g.id;
  return null;
end
$$;

create function facets_of_metrics() returns trigger language plpgsql as $$
begin
  update account_facets f set
    revenue12m = m.revenue12m, revenue_previous12m = m.revenue_previous12m, average_basket = m.average_basket, order_count = m.order_count,
    last_order_on = m.last_order_on, overdue_amount = m.overdue_amount, outstanding = m.outstanding,
    open_opportunities = m.open_opportunities, open_amount = m.open_amount, last_interaction_at = m.last_interaction_at,
    last_interaction_channel = m.last_interaction_channel, engagement = m.engagement, contact_count = m.contact_count,
    reachable_by_email = m.reachable_by_email
  from written m where f.id = m.account_id
    and (f.revenue12m, f.revenue_previous12m, f.average_basket, f.order_count, f.last_order_on, f.overdue_amount, f.outstanding,
      f.open_opportunities, f.open_amount, f.last_interaction_at, f.last_interaction_channel, f.engagement, f.contact_count, f.reachable_by_email)
    is distinct from (m.revenue12m, m.revenue_previous12m, m.average_basket, m.order_count, m.last_order_on, m.overdue_amount, m.outstanding,
      m.open_opportunities, m.open_amount, m.last_interaction_at, m.last_interaction_channel, m.engagement, m.contact_count, m.reachable_by_email);
  return null;
end
$$;

create function facets_without_metrics() returns trigger language plpgsql as $$
begin
  update account_facets f set
    revenue12m = null, revenue_previous12m = null, average_basket = null, order_count = null, last_order_on = null, overdue_amount = null,
    outstanding = null, open_opportunities = null, open_amount = null, last_interaction_at = null, last_interaction_channel = null,
    engagement = null, contact_count = null, reachable_by_email = null
  from gone g where f.id = g.account_id;
  return null;
end
$$;

create function facets_of_letters() returns trigger language plpgsql as $$
begin
  update account_facets f set returned = not f.returned
  where f.id in (select account_id from written) and f.returned <> exists (select from postal_flags p where p.account_id = f.id);
  return null;
end
$$;

create trigger facets_insert after insert on accounts referencing new table as written for each statement execute function facets_of_accounts();
create trigger facets_update after update on accounts referencing new table as written for each statement execute function facets_of_accounts();
create trigger facets_delete after delete on accounts referencing old table as gone for each statement execute function facets_of_gone();
create trigger facets_insert after insert on account_metrics referencing new table as written for each statement execute function facets_of_metrics();
create trigger facets_update after update on account_metrics referencing new table as written for each statement execute function facets_of_metrics();
create trigger facets_delete after delete on account_metrics referencing old table as gone for each statement execute function facets_without_metrics();
create trigger facets_insert after insert on postal_flags referencing new table as written for each statement execute function facets_of_letters();
create trigger facets_delete after delete on postal_flags referencing old table as written for each statement execute function facets_of_letters();

insert into account_facets (id, updated_at, record_count, blocked, returned, order_count, last_order_on, engagement, headcount, open_opportunities, contact_count,
  reachable_by_email, customer_since, last_interaction_at, type, revenue12m, address_region, naf, address_department, size_class,
  headcount_band, diffusion, insee_state, closed_on, founded_on, revenue_previous12m, average_basket, overdue_amount, outstanding,
  open_amount, address_country, address_postal_code, address_city, siren, legal_form, naf2025, last_interaction_channel,
  address_commune_code, address_street, address_complement)
select a.id, a.updated_at, a.record_count, a.blocked, exists (select from postal_flags p where p.account_id = a.id), m.order_count, m.last_order_on, m.engagement, a.headcount, m.open_opportunities,
  m.contact_count, m.reachable_by_email, a.customer_since, m.last_interaction_at, a.type, m.revenue12m, a.address_region, a.naf,
  a.address_department, a.size_class, a.headcount_band, a.diffusion, a.insee_state, a.closed_on, a.founded_on, m.revenue_previous12m,
  m.average_basket, m.overdue_amount, m.outstanding, m.open_amount, a.address_country, a.address_postal_code, a.address_city, a.siren,
  a.legal_form, a.naf2025, m.last_interaction_channel, a.address_commune_code, a.address_street, a.address_complement
from accounts a left join account_metrics m on m.account_id = a.id;
analyze account_facets;
