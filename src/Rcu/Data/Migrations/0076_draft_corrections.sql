-- What a person put right in a file before it went in. The file stays as it is: a correction is said over it, and holds as
-- long as the file says what it said.
create table draft_corrections (
  draft_id uuid not null references import_drafts on delete cascade,
  place bigint not null,
  column_name text not null,
  was text not null,
  value text not null,
  corrected_by text not null,
  corrected_at timestamptz not null,
  primary key (draft_id, place, column_name));

-- The rows something is wrong on, as the file says them, to be put right one by one. Lost in a crash, made again by a check.
create unlogged table draft_problem_rows (
  draft_id uuid not null,
  place bigint not null,
  line bigint not null,
  cells jsonb,
  refused boolean not null,
  problems jsonb not null,
  issues jsonb not null,
  primary key (draft_id, place));
