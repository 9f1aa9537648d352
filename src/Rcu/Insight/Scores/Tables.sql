-- What one computation keeps to itself. The source '' is the golden row.
create temp table if not exists score_due (id uuid primary key);
create temp table if not exists score_batch (id uuid primary key);
create temp table if not exists score_names (name text primary key, field text not null);
create temp table if not exists score_scope (
  source text not null, field text not null, points int not null, fresh_days int, limit_days int, coherence int not null, primary key (source, field));
create temp table if not exists score_voices (id uuid not null, source text not null, doubles int not null);
create temp table if not exists score_told (
  id uuid not null, source text not null, field text not null, at timestamptz, disputed boolean not null, records uuid[] not null);
create temp table if not exists score_flaws (id uuid not null, source text not null, field text not null, penalty numeric not null);
create temp table if not exists score_checks (id uuid not null, field text not null);
truncate score_due, score_batch, score_names, score_scope
