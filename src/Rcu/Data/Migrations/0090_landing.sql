-- Rows on their way are read again from their file when the server loses them: they need no journal. They bring along what
-- Cleaning makes of them; those that say nothing new, for all we know, come without their cells.
alter table staged_records set unlogged;
alter table staged_records alter column payload drop not null;
alter table staged_records
  add column fields jsonb,
  add column issues jsonb,
  add column stamp bigint,
  add column rules_version int;

-- A key is compared byte by byte: no language has a say in it.
alter table staged_records alter column external_key type text collate "C";
alter table source_records alter column external_key type text collate "C";
alter table records alter column external_key type text collate "C";
