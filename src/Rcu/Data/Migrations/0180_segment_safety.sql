-- What broke a segment's rule the last time it was computed, and which exclusions a person lifted, why and when.
alter table segments add broken_reason jsonb;
alter table segments add lifted jsonb not null default '[]';
