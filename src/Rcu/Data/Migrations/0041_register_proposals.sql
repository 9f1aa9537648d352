-- What the register says happened to an account, for a person to act on. Said once; closed when the register says it no more.
create table register_proposals (
  id uuid primary key,
  account_id uuid not null,
  kind text not null,
  siret text not null default '',
  successor text not null default '',
  happened_on date,
  sentence text not null,
  found_at timestamptz not null,
  closed_at timestamptz,
  unique (account_id, kind, siret, successor));
create index register_proposals_open on register_proposals (id) where closed_at is null;
