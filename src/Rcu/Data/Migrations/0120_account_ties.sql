-- A link between two accounts that a person declared. It is tied to a record of each, so that it goes where they go when
-- accounts are joined or come apart; what it comes to today is written in capital_links.
alter table capital_links add column nature text not null default 'Capital';

create table account_ties (
  id uuid primary key,
  nature text not null,
  parent_record_id uuid not null,
  child_record_id uuid not null,
  percentage numeric(5, 2),
  started_on date,
  ended_on date,
  reason text,
  match_id uuid,
  declared_by text not null,
  declared_at timestamptz not null,
  retired_by text,
  retired_at timestamptz);
create index account_ties_by_parent on account_ties (parent_record_id) where retired_at is null;
create index account_ties_by_child on account_ties (child_record_id) where retired_at is null;
create index account_ties_by_match on account_ties (match_id) where match_id is not null;
