-- What people say of people: the parts they play, how they stand towards us, whom they know. Each is tied to records, so that it
-- goes where the records go when rows are joined or come apart; the golden ids beside are those the records led to last. A change
-- is a new version of the same fact, a removal ends the last one.
create table typed_roles (
  id uuid primary key,
  fact_id uuid not null,
  version int not null,
  contact_record_id uuid not null,
  contact_id uuid not null,
  account_record_id uuid not null,
  account_id uuid not null,
  function text not null,
  job_title text,
  product_id uuid,
  opportunity_id uuid,
  started_on date,
  ended_on date,
  remark text,
  set_by text not null,
  set_at timestamptz not null,
  dropped_by text,
  dropped_at timestamptz);
create index typed_roles_in_force on typed_roles (contact_id) where dropped_at is null;
create unique index typed_roles_by_fact on typed_roles (fact_id, version);

create table typed_stances (
  id uuid primary key,
  fact_id uuid not null,
  version int not null,
  contact_record_id uuid not null,
  contact_id uuid not null,
  account_record_id uuid not null,
  account_id uuid not null,
  product_id uuid,
  stance text not null,
  seen_on date not null,
  told_by text not null,
  set_by text not null,
  set_at timestamptz not null,
  dropped_by text,
  dropped_at timestamptz);
create index typed_stances_in_force on typed_stances (contact_id) where dropped_at is null;
create unique index typed_stances_by_fact on typed_stances (fact_id, version);

create table typed_relations (
  id uuid primary key,
  fact_id uuid not null,
  version int not null,
  from_record_id uuid not null,
  from_contact_id uuid not null,
  to_record_id uuid not null,
  to_contact_id uuid not null,
  kind text not null,
  started_on date,
  ended_on date,
  remark text,
  set_by text not null,
  set_at timestamptz not null,
  dropped_by text,
  dropped_at timestamptz);
create index typed_relations_from on typed_relations (from_contact_id);
create index typed_relations_to on typed_relations (to_contact_id);
create unique index typed_relations_by_fact on typed_relations (fact_id, version);
