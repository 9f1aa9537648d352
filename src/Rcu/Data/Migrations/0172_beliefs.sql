-- Which source and which word the hub believes, as stewards set it: each version with what stood before it, so that it can be taken back.
create table belief_versions (
  id uuid primary key,
  version int not null unique,
  before jsonb not null,
  after jsonb not null,
  undoes int,
  reason text,
  set_by text not null,
  set_at timestamptz not null);
