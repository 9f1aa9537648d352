-- no transaction
-- What was said, by its day: the newest that hold a word are looked for first.
drop index concurrently if exists interactions_said;

create index concurrently interactions_said on interactions (at) where text is not null;

-- The places of an account as its page lists them.
drop index concurrently if exists establishments_in_order;

create index concurrently establishments_in_order on establishments (account_id, is_head_office desc, id);

-- A customer is found by the number of its VAT.
drop index concurrently if exists accounts_by_vat;

create index concurrently accounts_by_vat on accounts (vat) where vat is not null;
