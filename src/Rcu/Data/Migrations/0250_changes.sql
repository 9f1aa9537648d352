-- What became of golden rows and of who is in which segment, told in the transaction that did it. A reader goes by
-- transaction, then by place, and only as far as no transaction is at work: whatever commits late is never behind it.
create table changes (
  tx xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity,
  kind text not null,
  subject_id uuid not null,
  change text not null,
  other_id uuid,
  at timestamptz not null default now(),
  primary key (tx, id));
create index changes_by_age on changes using brin (at);
