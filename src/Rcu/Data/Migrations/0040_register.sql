-- The French register, as Insee publishes it: ground data, replaced as a whole by each monthly file.
create schema if not exists register;

create table register.legal_units (
  siren text collate "C" not null,
  diffusion text not null,
  -- Insee hid some values: the person asked for it. What is hidden is null.
  masked boolean not null,
  name text,
  name_key text collate "C",
  usual_name text,
  acronym text,
  legal_category text,
  naf text,
  naf_edition text,
  naf2025 text,
  headcount_band text,
  headcount_year text,
  size_class text,
  founded_on date,
  state text,
  state_since date,
  head_office_nic text);
create unique index on register.legal_units (siren);
create index on register.legal_units (name_key);

create table register.establishments (
  siret text collate "C" not null,
  siren text collate "C" not null,
  diffusion text not null,
  masked boolean not null,
  is_head_office boolean not null,
  state text,
  state_since date,
  founded_on date,
  sign text,
  usual_name text,
  name_key text collate "C",
  complement text,
  street text,
  special text,
  postal_code text collate "C",
  city text,
  commune_code text,
  country text,
  naf text,
  naf_edition text,
  naf2025 text,
  headcount_band text);
create unique index on register.establishments (siret);
create index on register.establishments (siren);
create index on register.establishments (postal_code, name_key);

create table register.successions (
  predecessor text collate "C" not null,
  successor text collate "C" not null,
  happened_on date not null,
  head_office_moved boolean not null,
  continued boolean not null);
create unique index on register.successions (predecessor, successor, happened_on);
create index on register.successions (successor);

-- Each file that was loaded: what it held, and the rows that were set aside, by reason.
create table register.loads (
  id uuid primary key,
  kind text not null,
  file text not null,
  rows bigint not null,
  twins bigint not null,
  set_aside jsonb not null,
  loaded_at timestamptz not null,
  loaded_by text not null);

-- Makes the empty table the next file goes to, beside the one that is read meanwhile. The caller's transaction ends with register.swap.
create function register.prepare(kind text) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if kind not in ('legal_units', 'establishments', 'successions') then
    raise exception 'No such part of the register: %', kind;
  end if;
  execute format('create table register.%I (like register.%I)', kind || '_next', kind);
  execute format('grant select, insert, delete on register.%I to %I', kind || '_next', session_user);
end
$$;

-- Indexes what was loaded, takes twins out, and puts it in the place of what was read before. Says how many twins there were.
create function register.swap(kind text) returns bigint language plpgsql security definer set search_path = pg_catalog as $$
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
  execute format('drop table register.%I', kind);
  execute format('alter table register.%I rename to %I', next, kind);
  return twins;
end
$$;

do $do$
declare app text := current_setting('rcu.app_role');
begin
  execute format('grant usage on schema register to %I', app);
  execute format('grant select on all tables in schema register to %I', app);
  execute format('grant insert on register.loads to %I', app);
  revoke execute on function register.prepare(text), register.swap(text) from public;
  execute format('grant execute on function register.prepare(text), register.swap(text) to %I', app);
end
$do$;
