-- A system the hub goes and reads by itself. The cursor moves in the transaction that saves the rows.
create table source_connections (
  id uuid primary key,
  source_id uuid not null references sources,
  feed_id uuid not null references feeds,
  name text not null,
  kind text not null,
  settings jsonb not null,
  secret text,
  every_minutes int,
  daily_at time,
  stale_after_hours int,
  cursor text,
  columns text[] not null default '{}',
  state text not null,
  state_reason text,
  failures int not null default 0,
  paused_until timestamptz,
  next_run_at timestamptz,
  last_run_at timestamptz,
  last_rows_at timestamptz,
  created_by text not null,
  created_at timestamptz not null);
create unique index source_connections_by_name on source_connections (lower(name));
create index source_connections_due on source_connections (next_run_at) where next_run_at is not null;

-- What a person should look at: a column that went, a volume unlike the usual, a source that says nothing any more.
create table source_alerts (
  id uuid primary key,
  connection_id uuid not null references source_connections,
  code text not null,
  subject text not null,
  details text[] not null,
  run_id uuid,
  opened_at timestamptz not null,
  closed_at timestamptz);
create unique index source_alerts_open on source_alerts (connection_id, code, subject) where closed_at is null;

-- The messages a source has handed over, so that one sent twice counts once.
create table source_messages (
  source_id uuid not null,
  message_id text not null,
  content_hash bytea not null,
  received_at timestamptz not null,
  primary key (source_id, message_id));
create index source_messages_by_age on source_messages (received_at);
