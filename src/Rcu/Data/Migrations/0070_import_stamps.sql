-- When an import became evidence and was taken back, by the clock that stamps resolutions and links: the hub's own may tell another day.
create table import_stamps (
  run_id uuid primary key,
  first_at timestamptz not null,
  last_at timestamptz not null,
  undone_at timestamptz);
create index import_stamps_undone on import_stamps (undone_at) where undone_at is not null;
