-- A run that a person asked to wait, and what its speed is reckoned from since it was last taken up.
alter table runs
  add column pause_requested boolean not null default false,
  add column attempt_at timestamptz,
  add column attempt_from bigint not null default 0;
