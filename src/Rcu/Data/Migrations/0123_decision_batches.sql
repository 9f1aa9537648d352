-- Decisions made in one act are taken back in one act.
alter table decisions add column batch_id uuid;
create index decisions_by_batch on decisions (batch_id) where batch_id is not null;
