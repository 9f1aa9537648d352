-- no transaction
-- Lists of accounts are filtered on these, and people sorted on their post.
drop index concurrently if exists accounts_by_region;

create index concurrently accounts_by_region on accounts (address_region);

drop index concurrently if exists accounts_by_headcount;

create index concurrently accounts_by_headcount on accounts (headcount_band);

drop index concurrently if exists accounts_by_town_start;

create index concurrently accounts_by_town_start on accounts (upper(address_city) collate "C");

drop index concurrently if exists accounts_by_naf_start;

create index concurrently accounts_by_naf_start on accounts (naf collate "C");

drop index concurrently if exists contacts_by_job_title;

create index concurrently contacts_by_job_title on contacts (job_title, id);

-- What one person bought, and what is being sold to them.
drop index concurrently if exists documents_by_contact;

create index concurrently documents_by_contact on documents (contact_id, date desc) where contact_id is not null;

drop index concurrently if exists opportunities_by_contact;

create index concurrently opportunities_by_contact on opportunities (contact_id) where contact_id is not null;
