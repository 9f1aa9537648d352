-- A time-ordered identifier (UUID version 7), for rows made by a statement.
create or replace function new_id() returns uuid language sql volatile as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

alter table outbox add column profile_name text not null default '';

-- What a destination must still be told of a profile is one change: a later one takes its place.
create unique index outbox_open on outbox (destination_id, profile_id) where status <> 'Sent';

create index outbox_by_run on outbox (run_id, status);

create index segments_by_name on segments (name, id) where archived_at is null;
