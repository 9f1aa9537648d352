-- A file read again because a person agreed that what it does not hold be withdrawn: once for each import.
alter table uploads add column agrees_to uuid references runs (id);
create unique index uploads_agrees_to on uploads (agrees_to) where agrees_to is not null;
