-- What somebody has seen of what is to keep in mind about an account: hidden from them until it says something else.
create table notable_views (
  person text not null,
  account_id uuid not null,
  code text not null,
  said text not null,
  at timestamptz not null,
  primary key (person, account_id, code));

-- Names a record bore before its source said another: the search still finds it by them.
create table past_names (
  record_id uuid not null references records (id) on delete cascade,
  name text not null,
  folded text not null,
  until timestamptz not null,
  primary key (record_id, folded));
create index past_names_by_words on past_names using gin (folded gin_trgm_ops);

-- As the hub folds words: accents, case, ligatures and punctuation gone.
create function rcu_fold(words text) returns text language sql stable parallel safe as
$$ select trim(regexp_replace(lower(unaccent(words)), '[^[:alnum:]]+', ' ', 'g')) $$;

-- Whatever writes a record, at its import or when it is cleaned again: the names it gives up are kept, those it takes back are not past.
create function keep_past_names() returns trigger language plpgsql as $$
begin
  insert into past_names (record_id, name, folded, until)
  select distinct on (f.words) new.id, o.name, f.words, clock_timestamp()
  from (values (old.fields ->> 'name'), (old.fields ->> 'usual_name'), (old.fields ->> 'legal_name')) o (name)
  cross join lateral (select rcu_fold(o.name) as words) f
  where f.words <> '' and not exists (
    select from (values (new.fields ->> 'name'), (new.fields ->> 'usual_name'), (new.fields ->> 'legal_name')) n (name) where rcu_fold(n.name) = f.words)
  order by f.words, o.name
  on conflict (record_id, folded) do update set until = excluded.until;
  delete from past_names
  where record_id = new.id and folded in (rcu_fold(new.fields ->> 'name'), rcu_fold(new.fields ->> 'usual_name'), rcu_fold(new.fields ->> 'legal_name'));
  return null;
end $$;

create trigger records_keep_past_names after update of fields on records for each row
when (old.kind = 'Account' and (old.fields ->> 'name' is distinct from new.fields ->> 'name'
  or old.fields ->> 'usual_name' is distinct from new.fields ->> 'usual_name'
  or old.fields ->> 'legal_name' is distinct from new.fields ->> 'legal_name'))
execute function keep_past_names();
