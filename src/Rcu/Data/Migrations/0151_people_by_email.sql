-- no transaction
-- Lists of people may be sorted on the address.
drop index concurrently if exists contacts_by_email_order;

create index concurrently contacts_by_email_order on contacts (email, id);
