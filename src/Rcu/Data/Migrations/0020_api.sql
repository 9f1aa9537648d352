-- What the API answered under each idempotency key of each program, to be said again word for word. Kept for a day.
create table idempotent_answers (
  api_key_id uuid not null,
  idempotency_key text not null,
  request_hash bytea not null,
  started_at timestamptz not null,
  status int,
  content_type text,
  location text,
  body bytea,
  primary key (api_key_id, idempotency_key));
create index idempotent_answers_by_age on idempotent_answers (started_at);
