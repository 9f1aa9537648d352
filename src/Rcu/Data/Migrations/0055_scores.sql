-- What each field is worth to a score, as data. points: of completeness, validity and freshness. fresh_days and limit_days: a value
-- confirmed within the first counts whole, within the second by half, older not at all. coherence: the points of a hundred that a
-- disagreement costs. A field without names is a check of its own.
create table score_fields (
  kind text not null,
  field text not null,
  place int not null,
  names text[] not null,
  points int not null,
  fresh_days int,
  limit_days int,
  coherence int not null,
  primary key (kind, field));

insert into score_fields (kind, place, field, names, points, fresh_days, limit_days, coherence) values
  ('Account', 1, 'siren', '{siren}', 20, null, null, 25),
  ('Account', 2, 'siret', '{siret}', 6, null, null, 0),
  ('Account', 3, 'vat', '{vat}', 6, null, null, 10),
  ('Account', 4, 'naf', '{naf,naf2025}', 8, 1095, 1825, 8),
  ('Account', 5, 'legal_form', '{legal_form,legal_category}', 4, null, null, 5),
  ('Account', 6, 'type', '{type}', 4, 365, 1095, 5),
  ('Account', 7, 'headcount', '{headcount,headcount_band}', 6, 540, 1095, 4),
  ('Account', 8, 'phone', '{phone}', 12, 365, 1095, 8),
  ('Account', 9, 'email', '{email}', 8, 365, 730, 5),
  ('Account', 10, 'website', '{website,domain}', 6, 730, 1825, 3),
  ('Account', 11, 'street', '{street}', 8, 730, 1825, 0),
  ('Account', 12, 'postal_code', '{postal_code}', 7, 730, 1825, 12),
  ('Account', 13, 'city', '{city}', 5, 730, 1825, 0),
  ('Account', 20, 'siren_vat', '{}', 0, null, null, 30),
  ('Account', 21, 'siren_siret', '{}', 0, null, null, 30),
  ('Account', 22, 'naf_editions', '{}', 0, null, null, 10),
  ('Account', 23, 'postal_city', '{}', 0, null, null, 20),
  ('Account', 24, 'ceased', '{}', 0, null, null, 40),
  ('Contact', 1, 'civility', '{civility}', 4, null, null, 5),
  ('Contact', 2, 'given_name', '{given_name}', 10, null, null, 10),
  ('Contact', 3, 'family_name', '{family_name}', 12, null, null, 20),
  ('Contact', 4, 'email', '{email}', 26, 365, 730, 20),
  ('Contact', 5, 'phone', '{phone,mobile}', 18, 365, 1095, 10),
  ('Contact', 6, 'job_title', '{job_title}', 14, 365, 730, 15),
  ('Contact', 7, 'account', '{account_key,company_name,company_siren}', 16, 365, 1095, 0);

-- What each dimension is worth to the whole; a hundred in all.
create table score_weights (
  dimension text primary key,
  weight int not null);

insert into score_weights values ('completeness', 35), ('validity', 20), ('freshness', 20), ('coherence', 15), ('uniqueness', 10);

-- problems: « dimension.field », the costliest first. due_on: the day time alone changes the score.
create table account_scores (
  account_id uuid primary key,
  total int not null,
  completeness int not null,
  validity int not null,
  freshness int not null,
  coherence int not null,
  uniqueness int not null,
  problems text[] not null,
  costs int[] not null,
  duplicates int not null,
  due_on date,
  computed_at timestamptz not null);
create index account_scores_by_total on account_scores (total, account_id);
create index account_scores_by_problem on account_scores using gin (problems);
create index account_scores_due on account_scores (due_on) where due_on is not null;

create table contact_scores (
  contact_id uuid primary key,
  total int not null,
  completeness int not null,
  validity int not null,
  freshness int not null,
  coherence int not null,
  uniqueness int not null,
  problems text[] not null,
  costs int[] not null,
  duplicates int not null,
  due_on date,
  computed_at timestamptz not null);
create index contact_scores_by_total on contact_scores (total, contact_id);
create index contact_scores_by_problem on contact_scores using gin (problems);
create index contact_scores_due on contact_scores (due_on) where due_on is not null;

-- What one source brings to one account or contact, judged by the same rules.
create table source_scores (
  kind text not null,
  subject_id uuid not null,
  source text not null,
  total int not null,
  completeness int not null,
  validity int not null,
  freshness int not null,
  coherence int not null,
  uniqueness int not null,
  problems text[] not null,
  primary key (kind, subject_id, source));
create index source_scores_by_source on source_scores (kind, source, subject_id);

-- The figures of a day, as the last computation of that day found them: all that the dashboard reads. The source '' is all of them.
create table score_days (
  day date not null,
  kind text not null,
  source text not null,
  rows bigint not null,
  total numeric(5, 2) not null,
  completeness numeric(5, 2) not null,
  validity numeric(5, 2) not null,
  freshness numeric(5, 2) not null,
  coherence numeric(5, 2) not null,
  uniqueness numeric(5, 2) not null,
  computed_at timestamptz not null,
  primary key (kind, source, day));

create table score_problems (
  day date not null,
  kind text not null,
  source text not null,
  problem text not null,
  rows bigint not null,
  primary key (kind, source, day, problem));

-- Whose records these are: who is in charge of them, and who typed something of them.
create table contributions (
  contributor text not null,
  kind text not null,
  subject_id uuid not null,
  is_owner boolean not null,
  primary key (contributor, kind, subject_id));
create index contributions_by_subject on contributions (kind, subject_id);

-- The score now stands beside the golden row, which a computation of figures never rewrites.
drop index if exists accounts_by_quality;
alter table accounts alter quality set default 0;
alter table contacts alter quality set default 0;
