-- The secret before the current one: both sign for a day, so that a receiver changes over without losing a message.
alter table destinations add column former_secret text;
alter table destinations add column former_until timestamptz;
