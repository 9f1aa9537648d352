-- A text replaced by another in a column of a file that waits, and what its cells said before: it is taken back in one click.
create table draft_replacements (
  id uuid primary key,
  draft_id uuid not null references import_drafts on delete cascade,
  column_name text not null,
  sought text not null,
  replacement text not null,
  replaced_by text not null,
  replaced_at timestamptz not null,
  cells jsonb not null);
create index draft_replacements_by_draft on draft_replacements (draft_id, replaced_at desc);
