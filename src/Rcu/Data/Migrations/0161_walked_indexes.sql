-- no transaction
-- One index both sorts codes and finds their beginnings, byte by byte.
drop index concurrently if exists accounts_by_code;

create index concurrently accounts_by_code on accounts (naf collate "C", id);

drop index concurrently if exists accounts_by_naf_start;

-- The last time someone of an account was heard of is read from the index alone.
drop index concurrently if exists interactions_of_contact;

create index concurrently interactions_of_contact on interactions (contact_id, at desc) include (account_id);

drop index concurrently if exists interactions_by_contact;
