-- Whoever could read a part of the register still reads it after it was replaced, under whatever role the file was loaded: the new table
-- belongs to whoever loads and is granted to them alone, so a load by the owner of the schema used to shut the program out.
create function register.keep_readers(kind text) returns void language plpgsql set search_path = pg_catalog as $$
declare
  reader name;
begin
  for reader in
    select r.rolname
    from pg_class c, aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
    where c.oid = format('register.%I', kind)::regclass and a.privilege_type = 'SELECT' and a.grantee <> c.relowner
  loop
    execute format('grant select on register.%I to %I', kind || '_next', reader);
  end loop;
end
$$;

create or replace function register.swap(kind text) returns bigint language plpgsql security definer set search_path = pg_catalog as $$
declare
  twins bigint := 0;
  next text := kind || '_next';
  keys text := case kind when 'legal_units' then 'siren' when 'establishments' then 'siret' else 'predecessor, successor, happened_on' end;
begin
  if kind not in ('legal_units', 'establishments', 'successions') then
    raise exception 'No such part of the register: %', kind;
  end if;
  begin
    execute format('create unique index on register.%I (%s)', next, keys);
  exception when unique_violation then
    -- The last line of a file says what holds.
    execute format(
      'delete from register.%1$I where ctid in (
         select place from (select ctid as place, row_number() over (partition by %2$s order by ctid desc) as nth from register.%1$I) t where nth > 1)',
      next, keys);
    get diagnostics twins = row_count;
    execute format('create unique index on register.%I (%s)', next, keys);
  end;
  if kind = 'legal_units' then
    execute format('create index on register.%I (name_key)', next);
  elsif kind = 'establishments' then
    execute format('create index on register.%I (siren)', next);
    execute format('create index on register.%I (postal_code, name_key)', next);
  else
    execute format('create index on register.%I (successor)', next);
  end if;
  execute format('analyze register.%I', next);
  perform register.keep_readers(kind);
  execute format('drop table register.%I', kind);
  execute format('alter table register.%I rename to %I', next, kind);
  return twins;
end
$$;

revoke execute on function register.keep_readers(text) from public;

-- What a load by another role shut out until now is read again.
do $do$
declare app text := current_setting('rcu.app_role');
begin
  execute format('grant select on all tables in schema register to %I', app);
end
$do$;
