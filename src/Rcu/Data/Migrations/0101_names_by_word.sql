-- no transaction
-- Names that begin with what was typed, in the order of their letters; and names that hold one of several words.
drop index concurrently if exists accounts_by_start;

create index concurrently accounts_by_start on accounts (search collate "C", id);

drop index concurrently if exists contacts_by_start;

create index concurrently contacts_by_start on contacts (search collate "C", id);

drop index concurrently if exists accounts_by_word;

create index concurrently accounts_by_word on accounts using gin (to_tsvector('simple'::regconfig, search));

drop index concurrently if exists contacts_by_word;

create index concurrently contacts_by_word on contacts using gin (to_tsvector('simple'::regconfig, search));

-- Who answers to a telephone.
drop index concurrently if exists establishments_by_phone;

create index concurrently establishments_by_phone on establishments (phone) where phone is not null;
