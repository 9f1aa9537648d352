-- Who came into a segment and who left it, in the order it happened: written with the stay itself, read by whoever follows.
create table segment_events (
  id bigint generated always as identity primary key,
  segment_id uuid not null,
  member_id uuid not null,
  move text not null,
  at timestamptz not null);
create index segment_events_by_segment on segment_events (segment_id, id);

-- Every rule a segment had, with who set it.
create table segment_versions (
  segment_id uuid not null,
  version int not null,
  name text not null,
  description text,
  rule jsonb not null,
  is_frozen boolean not null,
  set_by text not null,
  set_at timestamptz not null,
  primary key (segment_id, version));
insert into segment_versions (segment_id, version, name, description, rule, is_frozen, set_by, set_at)
select id, version, name, description, rule, is_frozen, created_by, updated_at from segments;
