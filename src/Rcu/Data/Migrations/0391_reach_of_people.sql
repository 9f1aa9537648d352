-- no transaction
-- Who may be reached is counted of the people of some accounts, from the index alone.
drop index concurrently if exists contacts_by_reach;

create index concurrently contacts_by_reach on contacts (account_id) include (email_reach, phone_reach);

drop index concurrently if exists contacts_by_account;
