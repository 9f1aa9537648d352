-- Accounts whose figures were computed, until the segments were computed after them. The account of zeros stands for all accounts.
create table segment_due (
  id bigint generated always as identity primary key,
  account_id uuid not null);
