-- What people compute of accounts and contacts without code. The last version of a number is in force; values are kept beside.
create table computed_attributes (
  number int not null,
  version int not null,
  name text not null,
  label text not null,
  purpose text not null,
  formula jsonb not null,
  state text not null,
  set_by text not null,
  set_at timestamptz not null,
  primary key (number, version));

-- Which version the kept values are of, and how the last computation went.
create table computed_states (
  number int primary key,
  version int not null,
  filled int not null,
  took_ms int not null,
  failure text,
  computed_at timestamptz not null);

create table computed_values (
  kind text not null,
  subject_id uuid not null,
  name text not null,
  number numeric,
  day date,
  text text,
  primary key (kind, subject_id, name));
create index computed_values_by_number on computed_values (name, number);

-- Segments read them as they read the fields a company added.
create or replace view own_values as
select golden.kind, golden.id as subject_id, own.key as name, own.value ->> 'value' as text,
  case when own.key like 'own\_number\_%' and own.value ->> 'value' ~ '^-?[0-9]{1,20}(\.[0-9]{1,10})?$' then (own.value ->> 'value')::numeric end as number,
  case when own.key like 'own\_date\_%' and own.value ->> 'value' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then (own.value ->> 'value')::date end as day,
  own.value ->> 'value' = 'true' as is_true
from (select 'Account' as kind, id, origins from accounts union all select 'Contact', id, origins from contacts) golden
cross join lateral jsonb_each(golden.origins) own
where own.key like 'own\_%' and own.key not like 'own\_reserved\_%'
union all
select kind, subject_id, name, text, number, day, false from computed_values;
