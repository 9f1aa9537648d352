-- The messages that other programs post, kept as they came until they are read, then a week so that one sent twice counts once.
drop table source_messages;
create table hook_messages (
  connection_id uuid not null references source_connections,
  message_id text not null,
  place bigint generated always as identity,
  content_type text not null,
  body bytea not null,
  content_hash bytea not null,
  received_at timestamptz not null,
  primary key (connection_id, message_id));
create unique index hook_messages_by_place on hook_messages (connection_id, place);
create index hook_messages_by_age on hook_messages (received_at);
