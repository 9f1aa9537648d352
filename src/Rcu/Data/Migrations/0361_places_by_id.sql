-- no transaction
-- What is computed of a place names it by its id alone.
drop index concurrently if exists establishments_by_id;

create index concurrently establishments_by_id on establishments (id);
