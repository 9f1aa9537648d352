-- A newer word takes a contrary one out of force; when the newer word is taken back, the one it replaced holds again.
alter table decisions add column replaced_by uuid;
create index decisions_replaced on decisions (replaced_by) where replaced_by is not null;
