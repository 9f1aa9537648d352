-- A version that says its record is no more at its source, and when that was told of the record it speaks of.
alter table staged_records add column gone boolean not null default false;
alter table source_records add column gone boolean not null default false;
alter table records add column gone_at timestamptz;
create index source_records_gone on source_records (source_id, kind, external_key) where gone;
create index records_gone_by_email on records ((fields ->> 'email')) where kind = 'Contact' and gone_at is not null;
create index link_history_by_cluster on link_history (cluster_id);

-- A file, or a reading of a source, may be its whole state: what it does not hold is no more there.
alter table feeds add column is_whole boolean not null default false;
alter table import_drafts add column is_whole boolean not null default false;
alter table uploads add column agreed_absent bigint;
alter table source_connections
  add column is_whole boolean not null default false,
  add column sees_whole boolean not null default false,
  add column agreed_absent boolean not null default false;

-- The keys that a reading of a whole source has met so far: it may be cut, and go on elsewhere.
create table present_keys (
  scope_id uuid not null,
  kind text not null,
  external_key text collate "C" not null,
  primary key (scope_id, kind, external_key));
