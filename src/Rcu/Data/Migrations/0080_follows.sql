-- Whom somebody follows, and when they last looked. before_at: the visit before the one at hand, from which « what changed » is told.
create table account_follows (
  follower text not null,
  account_id uuid not null,
  since timestamptz not null,
  primary key (follower, account_id));
create index account_follows_by_account on account_follows (account_id);

create table account_visits (
  visitor text not null,
  account_id uuid not null,
  at timestamptz not null,
  before_at timestamptz,
  primary key (visitor, account_id));
