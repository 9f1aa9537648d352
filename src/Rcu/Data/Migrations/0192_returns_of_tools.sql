-- What signs the messages in which a tool tells of unsubscriptions, bounces and complaints.
alter table destinations add column inbound_secret text;

-- The tool said itself that this person no longer wants anything: it keeps them as it does, and is not told so back.
alter table destination_profiles add column silenced_at timestamptz;

create table tool_messages (
  destination_id uuid not null,
  message_id text not null,
  received_at timestamptz not null,
  primary key (destination_id, message_id));

create table tool_returns (
  id uuid primary key,
  destination_id uuid not null,
  message_id text not null,
  profile_id uuid,
  kind text not null,
  email text,
  said_at timestamptz not null,
  received_at timestamptz not null);
create index tool_returns_by_profile on tool_returns (profile_id, received_at);
create index tool_returns_by_destination on tool_returns (destination_id, received_at);
