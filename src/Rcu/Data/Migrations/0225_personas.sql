-- Who a segment stands for, in words; its typical values are read from its members.
create table personas (
  id uuid primary key,
  name text not null,
  portrait text not null,
  needs text,
  segment_id uuid not null references segments,
  version int not null,
  set_by text not null,
  set_at timestamptz not null);
create unique index personas_by_name on personas (lower(name));
