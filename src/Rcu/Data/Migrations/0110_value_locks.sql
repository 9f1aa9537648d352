-- What a steward decided of one field of a golden row against the general rules: to keep a value, or to believe one source. It
-- is tied to a record, so that it goes where the record goes when rows are joined or come apart.
create table value_locks (
  id uuid primary key,
  kind text not null,
  anchor_record_id uuid not null,
  field text not null,
  kept jsonb not null default '{}',
  source text,
  reason text not null,
  expires_on date,
  watched_record_id uuid,
  watched_value text,
  moved_at timestamptz,
  moved_to text,
  set_by text not null,
  set_at timestamptz not null,
  ended_by text,
  ended_at timestamptz,
  ended_why text,
  check ((source is null) <> (kept = '{}')));
create index value_locks_in_force on value_locks (anchor_record_id, kind) where ended_at is null;
create index value_locks_of_record on value_locks (anchor_record_id, kind);
create index value_locks_by_expiry on value_locks (expires_on) where ended_at is null and expires_on is not null;
