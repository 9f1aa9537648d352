-- The history of fusions begins with the first import: records that were joined, by time, the newest first.
create index links_by_join on links (kind, linked_at desc, record_id desc) where other_record_id is not null;
