-- Lists of people are kept, tagged and acted upon as lists of accounts are. What was there before is about accounts.
create table contact_tags (
  contact_id uuid not null,
  tag text not null,
  tagged_by text not null,
  tagged_at timestamptz not null,
  batch_id uuid,
  primary key (contact_id, tag));
create index contact_tags_by_tag on contact_tags (tag, contact_id);
create index contact_tags_by_batch on contact_tags (batch_id) where batch_id is not null;

alter table list_views add column list text not null default 'Accounts';
alter table list_views drop constraint list_views_owner_name_key;
alter table list_views add constraint list_views_by_name unique (owner, list, name);

alter table account_batches add column list text not null default 'Accounts';
