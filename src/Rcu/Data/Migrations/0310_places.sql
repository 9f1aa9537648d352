-- Where postal codes and communes lie: what a radius around a postal code is measured on.
create table places (
  code text collate "C" not null,
  is_commune boolean not null,
  latitude double precision not null,
  longitude double precision not null,
  source text not null,
  primary key (is_commune, code));

-- The rows of La Poste's file, as they are read.
create table register.places (
  postal_code text collate "C" not null,
  commune text collate "C" not null,
  latitude double precision not null,
  longitude double precision not null,
  weight double precision not null);

create or replace function register.prepare(kind text) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if kind not in ('legal_units', 'establishments', 'successions', 'notices', 'places') then
    raise exception 'No such part of the register: %', kind;
  end if;
  execute format('create table register.%I (like register.%I)', kind || '_next', kind);
  execute format('grant select, insert, delete on register.%I to %I', kind || '_next', session_user);
end
$$;

-- What La Poste says of a place wins over what was delivered; every segment is due again.
create function register.add_places() returns bigint language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into public.places (code, is_commune, latitude, longitude, source)
  select postal_code, false, sum(latitude * weight) / sum(weight), sum(longitude * weight) / sum(weight), 'laposte' from register.places_next group by postal_code
  union all
  select commune, true, avg(latitude), avg(longitude), 'laposte' from register.places_next group by commune
  on conflict (is_commune, code) do update set latitude = excluded.latitude, longitude = excluded.longitude, source = excluded.source;
  insert into public.segment_due (account_id) values ('00000000-0000-0000-0000-000000000000');
  drop table register.places_next;
  return 0;
end
$$;

do $do$
declare app text := current_setting('rcu.app_role');
begin
  execute format('grant select on register.places to %I', app);
  revoke execute on function register.add_places() from public;
  execute format('grant execute on function register.add_places() to %I', app);
end
$do$;
