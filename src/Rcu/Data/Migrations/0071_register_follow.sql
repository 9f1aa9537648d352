-- The changes of each day come from the API Sirene between two monthly files.
create table register_follow (
  id uuid primary key,
  settings jsonb not null,
  secret text,
  daily_at time not null,
  -- Up to when each part of the register is followed, and the page the reading in progress is at. Moves in the transaction of the rows.
  place jsonb,
  state text not null,
  state_reason text,
  failures int not null default 0,
  paused_until timestamptz,
  next_run_at timestamptz,
  last_run_at timestamptz,
  last_change_at timestamptz,
  changed_by text not null,
  changed_at timestamptz not null);

-- The last treatment a file tells of, in Paris time: daily changes go on from there.
alter table register.loads add column as_of timestamp;

-- The units whose rows changed, until what the register says of them is told again.
create table register.touched (siren text collate "C" primary key);

-- Brings what stands in kind_next into what is read, a row at a time: new ones are added, those that differ replaced. What the source
-- did not say at all ("kept") stays as it was, unless the unit has become partly hidden since. The last row of one number holds.
create function register.merge(kind text, kept text[], out inserted bigint, out updated bigint) language plpgsql security definer set search_path = pg_catalog as $$
declare
  next text := kind || '_next';
  keys text[] := case kind when 'legal_units' then array['siren'] when 'establishments' then array['siret'] else array['predecessor', 'successor', 'happened_on'] end;
  siren text := case kind when 'legal_units' then 'siren' when 'establishments' then 'siren' else 'left(predecessor, 9)' end;
  names text[];
  list text;
  sets text;
  olds text;
  news text;
begin
  if kind not in ('legal_units', 'establishments', 'successions') then
    raise exception 'No such part of the register: %', kind;
  end if;
  select array_agg(attname::text order by attnum) into names
  from pg_attribute where attrelid = format('register.%I', kind)::regclass and attnum > 0 and not attisdropped;
  select string_agg(quote_ident(n), ', ') into list from unnest(names) n;
  select string_agg(format(
      case when not n = any(kept) then 'n.%1$I'
        when n = 'is_head_office' or kind = 'successions' then 'coalesce(k.%1$I, n.%1$I)'
        else 'case when k.diffusion = n.diffusion then k.%1$I else n.%1$I end' end || ' as %1$I', n), ', ')
    into news from unnest(names) n;
  select string_agg(format('%1$I = excluded.%1$I', n), ', ') into sets from unnest(names) n where not n = any(keys);
  select string_agg(format('known.%I', n), ', ') into olds from unnest(names) n;
  execute format(
    'with said as (select distinct on (%1$s) * from register.%2$I order by %1$s, ctid desc),
      told as (select %3$s from said n left join register.%4$I k using (%1$s)),
      written as (
        insert into register.%4$I as known (%5$s) select %5$s from told
        on conflict (%1$s) do update set %6$s where (%7$s) is distinct from (%8$s)
        returning %9$s as siren, xmax = 0 as is_new),
      noted as (insert into register.touched select distinct siren from written on conflict do nothing)
      select count(*) filter (where is_new), count(*) filter (where not is_new) from written',
    array_to_string(keys, ', '), next, news, kind, list, sets, olds, replace(olds, 'known.', 'excluded.'), siren)
  into inserted, updated;
  execute format('drop table register.%I', next);
end
$$;

do $do$
declare app text := current_setting('rcu.app_role');
begin
  execute format('grant select, delete on register.touched to %I', app);
  revoke execute on function register.merge(text, text[]) from public;
  execute format('grant execute on function register.merge(text, text[]) to %I', app);
end
$do$;
