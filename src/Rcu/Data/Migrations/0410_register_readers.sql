-- Whoever could read a part of the register still reads it after it was replaced, under whatever role the file was loaded: the new table
-- belongs to the owner and was granted to the loader alone, so a load by the owner of the schema used to shut the program out.
create or replace function register.prepare(kind text) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  reader name;
begin
  if kind not in ('legal_units', 'establishments', 'successions', 'notices', 'places') then
    raise exception 'No such part of the register: %', kind;
  end if;
  execute format('create table register.%I (like register.%I)', kind || '_next', kind);
  execute format('grant select, insert, delete on register.%I to %I', kind || '_next', session_user);
  for reader in
    select r.rolname
    from pg_class c, aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
    where c.oid = format('register.%I', kind)::regclass and a.privilege_type = 'SELECT' and a.grantee <> c.relowner
  loop
    execute format('grant select on register.%I to %I', kind || '_next', reader);
  end loop;
end
$$;

-- What a load by another role shut out until now is read again.
do $do$
declare app text := current_setting('rcu.app_role');
begin
  execute format('grant select on all tables in schema register to %I', app);
end
$do$;
