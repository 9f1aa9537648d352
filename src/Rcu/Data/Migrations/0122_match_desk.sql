-- Which steward has a pair open, for a moment, and what each of them said of it.
create table match_locks (
  match_id uuid primary key,
  who text not null,
  until timestamptz not null);
create index match_locks_by_who on match_locks (who);

create table match_opinions (
  id uuid primary key,
  match_id uuid not null,
  who text not null,
  judgement text not null,
  reason text,
  at timestamptz not null,
  withdrawn_at timestamptz);
create index match_opinions_of_match on match_opinions (match_id) where withdrawn_at is null;
