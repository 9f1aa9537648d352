-- Letters that came back: a file of the mailing house is a batch, which can be undone. A return counts against the address the
-- letter was sent to, and against no other.
create table postal_return_batches (
  id uuid primary key,
  file_name text not null,
  rows int not null,
  flagged int not null,
  kept int not null,
  unmatched jsonb not null,
  unmatched_count int not null,
  noted_by text not null,
  noted_at timestamptz not null,
  undone_by text,
  undone_at timestamptz);

create table postal_returns (
  id uuid primary key,
  batch_id uuid not null references postal_return_batches,
  account_id uuid not null,
  address text not null,
  code text not null,
  reason text not null,
  returned_on date);
create index postal_returns_by_account on postal_returns (account_id);
