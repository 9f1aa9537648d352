-- The plan of relations: when something is true of an account, something is done about it. The last version of a number is in force.
create table plan_rules (
  number int not null,
  version int not null,
  name text not null,
  trigger jsonb not null,
  act jsonb not null,
  rest_days int not null,
  most_per_run int not null,
  state text not null,
  set_by text not null,
  set_at timestamptz not null,
  primary key (number, version));

-- What was done, or would have been, of whom and why. outcome: Done, Dry, Looped or Failed.
create table plan_fires (
  id bigint generated always as identity primary key,
  number int not null,
  version int not null,
  account_id uuid not null,
  outcome text not null,
  what text not null,
  reached_at timestamptz not null,
  at timestamptz not null);
create index plan_fires_by_rule on plan_fires (number, id desc);
create index plan_fires_by_account on plan_fires (account_id, at desc);

-- Up to when a rule has looked, and how many it left for the next time.
create table plan_looks (
  number int primary key,
  looked_at timestamptz not null,
  waiting int not null,
  failure text);
