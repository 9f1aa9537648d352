-- Of each contributor, how good what they are in charge of or typed is; only as of now: a person's past is nobody's business.
create table score_contributors (
  contributor text not null,
  kind text not null,
  rows bigint not null,
  total numeric(5, 2) not null,
  completeness numeric(5, 2) not null,
  validity numeric(5, 2) not null,
  freshness numeric(5, 2) not null,
  coherence numeric(5, 2) not null,
  uniqueness numeric(5, 2) not null,
  computed_at timestamptz not null,
  primary key (contributor, kind));

-- cost: hundredths of a point, over all the rows concerned.
create table score_contributor_problems (
  contributor text not null,
  kind text not null,
  problem text not null,
  rows bigint not null,
  cost bigint not null,
  primary key (contributor, kind, problem));

-- How many accounts bear each pair of codes; '' where the second is not known.
create table naf_switch (
  naf text not null,
  naf2025 text not null,
  rows bigint not null,
  primary key (naf, naf2025));

-- Whether an electronic invoice would reach a French customer, and what is missing.
create table invoicing_readiness (
  account_id uuid primary key,
  gaps text[] not null,
  siret text,
  routing_address text,
  computed_at timestamptz not null);

create table invoicing_days (
  day date primary key,
  customers bigint not null,
  ready bigint not null,
  gaps jsonb not null,
  computed_at timestamptz not null);

-- All of them are judged again, so that the new tables are filled.
delete from hub_settings where name like 'scored%';
