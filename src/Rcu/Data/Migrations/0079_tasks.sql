-- What people mean to do about an account. account_id is its golden id on the day it was written: once that is retired, its survivor
-- shows the task, and an unmerge gives it back. batch_id: made at once on many accounts, to be taken back at once.
create table account_tasks (
  id uuid primary key,
  account_id uuid not null,
  contact_id uuid,
  title text not null,
  assignee text not null,
  due_on date,
  remind_at timestamptz,
  done_at timestamptz,
  done_by text,
  batch_id uuid,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1);
create index account_tasks_by_account on account_tasks (account_id);
create index account_tasks_to_do on account_tasks (assignee, due_on, id) where done_at is null;
create index account_tasks_done on account_tasks (assignee, done_at desc) where done_at is not null;
create index account_tasks_by_batch on account_tasks (batch_id) where batch_id is not null;

-- Where somebody's calendar is read without signing in: the address holds the id and its signature by the secret. Deleted, it leads nowhere.
create table calendar_links (
  id uuid primary key,
  owner text not null unique,
  sealed_secret text not null,
  created_at timestamptz not null,
  read_at timestamptz);
