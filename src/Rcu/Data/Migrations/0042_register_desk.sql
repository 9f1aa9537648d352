-- The accounts without a SIREN, with the units of the register they may be, the likeliest first; searched again when either changes.
create table register_searches (
  account_id uuid primary key,
  -- What was asked, and of which load of the register.
  asked text not null,
  -- The score of the first candidate that nobody refused; 0 when there is none.
  best int not null,
  -- How far it is ahead of the one after.
  lead int not null,
  candidates jsonb not null,
  searched_at timestamptz not null);
create index register_searches_queue on register_searches (best desc, account_id) where best > 0;

-- What people said of a candidate or of a proposal: kept when it is taken back.
create table register_judgements (
  id uuid primary key,
  account_id uuid not null,
  siren text,
  siret text,
  proposal_id uuid,
  verdict text not null,
  sentence text not null,
  judged_by text not null,
  judged_at timestamptz not null,
  -- What was written as evidence, and which accounts it joined.
  run_id uuid,
  decision_ids uuid[] not null default '{}',
  undone_by text,
  undone_at timestamptz);
create index register_judgements_of_account on register_judgements (account_id, siren) where undone_at is null;
create index register_judgements_of_run on register_judgements (run_id) where run_id is not null;
create index register_judgements_latest on register_judgements (id desc);

alter table register_proposals add column judged_at timestamptz;
drop index register_proposals_open;
create index register_proposals_open on register_proposals (id) where closed_at is null and judged_at is null;
