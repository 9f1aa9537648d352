-- From which probability the hub joins by itself, and from which it asks: every version there was, the last one is in force.
create table match_cuts (
  id uuid primary key,
  kind text not null,
  version integer not null,
  automatic double precision not null,
  review double precision not null,
  reason text,
  set_by text not null,
  set_at timestamptz not null,
  unique (kind, version));
