-- An import that was taken back leaves no name behind: neither the one it gave is a past name, nor is one lost that it said again.
create or replace function keep_past_names() returns trigger language plpgsql as $$
begin
  -- The record goes back to what it said before an import that was undone: it gives up a name it never had.
  if exists (
    select from source_records said join runs r on r.id = said.run_id
    where said.source_id = new.source_id and said.kind = new.kind and said.external_key = new.external_key
      and said.id > new.source_record_id and r.undone_at is not null) then
    return null;
  end if;
  insert into past_names (record_id, name, folded, until)
  select distinct on (f.words) new.id, o.name, f.words, clock_timestamp()
  from (values (old.fields ->> 'name'), (old.fields ->> 'usual_name'), (old.fields ->> 'legal_name')) o (name)
  cross join lateral (select rcu_fold(o.name) as words) f
  where f.words <> '' and not exists (
    select from (values (new.fields ->> 'name'), (new.fields ->> 'usual_name'), (new.fields ->> 'legal_name')) n (name) where rcu_fold(n.name) = f.words)
  order by f.words, o.name
  on conflict (record_id, folded) do update set until = excluded.until;
  return null;
end $$;

-- A name that the record took back is not past, for as long as it bears it.
create view former_names as
select p.record_id, p.name, p.folded, p.until
from past_names p join records r on r.id = p.record_id
where p.folded is distinct from rcu_fold(r.fields ->> 'name')
  and p.folded is distinct from rcu_fold(r.fields ->> 'usual_name')
  and p.folded is distinct from rcu_fold(r.fields ->> 'legal_name');
