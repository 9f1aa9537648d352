-- What is collected, why and on which ground: the collection plan.
alter table feeds
  add column purpose text,
  add column legal_basis text,
  add column expected_days int;

-- An import being prepared: the file is there, nothing of it counts yet. Any step can be left and taken up again.
create table import_drafts (
  id uuid primary key,
  original_name text not null,
  stored_name text not null,
  bytes bigint not null,
  sha256 bytea not null,
  source_name text,
  source_label text,
  mapping_name text,
  kind text,
  options jsonb not null,
  columns jsonb not null,
  key_columns text[] not null default '{}',
  purpose text,
  legal_basis text,
  expected_days int,
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  check_run uuid,
  checked_at timestamptz,
  tally jsonb,
  run_id uuid references runs);
create index import_drafts_open on import_drafts (changed_at desc) where run_id is null;
create index import_drafts_by_run on import_drafts (run_id) where run_id is not null;

-- What is wrong in the file, by problem and not by row.
create table draft_problems (
  draft_id uuid not null references import_drafts on delete cascade,
  field text not null,
  code text not null,
  severity text not null,
  rows bigint not null,
  examples jsonb not null,
  primary key (draft_id, field, code));

-- The lines each problem is met on, so that a person can leave them out in one click.
create unlogged table draft_problem_lines (
  draft_id uuid not null,
  field text not null,
  code text not null,
  line bigint not null);
create index draft_problem_lines_by_problem on draft_problem_lines (draft_id, field, code);

create table draft_skips (
  draft_id uuid not null references import_drafts on delete cascade,
  line bigint not null,
  field text not null,
  code text not null,
  primary key (draft_id, line));

-- The rows of the file as they would be, to be compared with what the hub holds. Lost in a crash, made again by a check.
create unlogged table draft_rows (
  draft_id uuid not null,
  place bigint not null,
  line bigint not null,
  external_key text not null,
  fields jsonb not null);
create index draft_rows_by_key on draft_rows (draft_id, external_key);
