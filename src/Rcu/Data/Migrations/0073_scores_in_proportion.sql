-- What a computation of scores costs follows what changed: the rows that went are noted as they go, not looked for among all.
create table score_gone (
  kind text not null,
  id uuid not null,
  primary key (kind, id));

create function note_gone() returns trigger language plpgsql as $$
begin
  insert into score_gone (kind, id) select tg_argv[0], id from gone on conflict do nothing;
  return null;
end
$$;

create trigger accounts_gone after delete on accounts referencing old table as gone for each statement execute function note_gone('Account');
create trigger contacts_gone after delete on contacts referencing old table as gone for each statement execute function note_gone('Contact');

insert into score_gone (kind, id)
select 'Account', account_id from account_scores s where not exists (select from accounts a where a.id = s.account_id)
union
select 'Contact', contact_id from contact_scores s where not exists (select from contacts c where c.id = s.contact_id);

create index contacts_by_update on contacts (updated_at desc, id);
create index account_scores_doubled on account_scores (account_id) where duplicates > 0;
create index contact_scores_doubled on contact_scores (contact_id) where duplicates > 0;

-- The accounts whose postal address a letter came back from.
create table postal_flags (
  account_id uuid primary key,
  reason text not null,
  returned_on date);
