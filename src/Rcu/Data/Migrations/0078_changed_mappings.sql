-- A new version of a mapping may be asked to read again what the versions before it had read.
alter table feeds add column reads_former boolean not null default false;

-- Where a source was left before a reading: undoing the reading goes back there.
alter table runs add column cursor_before text;

-- Fields a company adds of its own: what they are called, what they hold, who may see them and what for.
create table custom_fields (
  id uuid primary key,
  name text not null unique,
  label text not null,
  kind text not null,
  holds text not null,
  reserved boolean not null,
  purpose text not null,
  created_by text not null,
  created_at timestamptz not null);
create unique index custom_fields_by_label on custom_fields (kind, lower(label));
