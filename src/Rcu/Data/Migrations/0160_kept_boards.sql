-- Home boards of a large base as they were last counted, shown at once by a node that starts; counted again by the program of another version.
create table kept_boards (
  name text primary key,
  board jsonb not null,
  counted_at timestamptz not null,
  version text not null);
