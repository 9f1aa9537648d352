-- Words people put on accounts. The batch is what a bulk action is taken back by.
create table account_tags (
  account_id uuid not null,
  tag text not null,
  tagged_by text not null,
  tagged_at timestamptz not null,
  batch_id uuid,
  primary key (account_id, tag));
create index account_tags_by_tag on account_tags (tag, account_id);
create index account_tags_by_batch on account_tags (batch_id) where batch_id is not null;

-- What was done at once on many accounts: a run of corrections, or the rows that bear its id.
create table account_batches (
  id uuid primary key,
  act text not null,
  value text not null,
  accounts int not null,
  run_id uuid,
  done_by text not null,
  done_at timestamptz not null,
  undone_by text,
  undone_at timestamptz);
create index account_batches_by_person on account_batches (done_by, done_at desc);

alter table account_follows add column batch_id uuid;
create index account_follows_by_batch on account_follows (batch_id) where batch_id is not null;
