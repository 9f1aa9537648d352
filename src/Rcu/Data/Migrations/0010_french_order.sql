-- Names and towns are shown in French order; these are the indexes such lists read.
create index accounts_in_french_order on accounts (name collate "fr-x-icu", id);
create index accounts_by_town_in_french_order on accounts (address_city collate "fr-x-icu", id);
create index contacts_in_french_order on contacts (name collate "fr-x-icu", id);
drop index accounts_by_name;
drop index accounts_by_city;
drop index contacts_by_name;
