-- What an account is worth and where it stands: recency, frequency, amount; value so far and expected; risk; lead score and state.
-- Each judgement has its reasons beside it, the weightiest first.
create table account_worths (
  account_id uuid primary key,
  -- Days since the last purchase, days with a purchase and net amount over 24 months; each 1 to 5 beside the other customers.
  recency_days int,
  frequency int not null,
  monetary numeric(18, 2) not null,
  r int,
  f int,
  m int,
  rfm text,
  -- The usual number of days between two purchases.
  interval_days int,
  ranges int not null,
  value_to_date numeric(18, 2) not null,
  value_next numeric(18, 2),
  churn int,
  churn_reasons jsonb not null default '[]',
  lead_score int not null default 0,
  lead_reasons jsonb not null default '[]',
  state text not null default 'Suspect',
  state_since timestamptz not null,
  computed_at timestamptz not null);
create index account_worths_by_score on account_worths (lead_score desc, account_id);
create index account_worths_by_state on account_worths (state, account_id);
create index account_worths_by_rfm on account_worths (rfm, account_id) where rfm is not null;
create index account_worths_by_churn on account_worths (churn desc, account_id) where churn is not null;

create table contact_leads (
  contact_id uuid primary key,
  score int not null,
  computed_at timestamptz not null);
create index contact_leads_by_score on contact_leads (score desc, contact_id);

-- The limits between the five classes of each dimension, as the customers of a day made them.
create table rfm_cuts (
  dimension text primary key,
  cuts numeric[] not null,
  customers int not null,
  computed_at timestamptz not null);

-- How wrong the expected value was: predicted a year ago with what was known then, beside what was bought since; and so was « as last year ».
create table value_trials (
  day date primary key,
  customers int not null,
  actual numeric(18, 2) not null,
  predicted numeric(18, 2) not null,
  error numeric(18, 2) not null,
  naive_error numeric(18, 2) not null,
  computed_at timestamptz not null);

-- What a signal is worth, and from where a state begins. The last version is in force.
create table lead_models (
  version int primary key,
  model jsonb not null,
  set_by text not null,
  set_at timestamptz not null);

create table lead_moves (
  account_id uuid not null,
  at timestamptz not null,
  from_state text,
  to_state text not null,
  score int not null,
  primary key (account_id, at));
create index lead_moves_by_time on lead_moves (at desc, to_state);
