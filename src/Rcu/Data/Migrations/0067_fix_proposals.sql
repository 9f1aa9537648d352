-- Corrections the hub proposes and a person accepts or rejects. One that was answered stays, so that it is not proposed again.
create table fix_proposals (
  id uuid primary key,
  kind text not null,
  golden_id uuid not null,
  name text not null,
  code text not null,
  before jsonb not null,
  after jsonb not null,
  reason text not null,
  found_at timestamptz not null,
  state text not null,
  decided_by text,
  decided_at timestamptz,
  run_id uuid,
  unique (kind, golden_id, code, after));
create index fix_proposals_open on fix_proposals (kind, code, id) where state = 'Open';
