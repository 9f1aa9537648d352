-- Legal notices of the BODACC (insolvency proceedings, striking off), by SIREN, and where each company's proceeding stands today.
create table register.notices (
  id text collate "C" not null,
  siren text collate "C" not null,
  family text not null,
  published_on date not null,
  judged_on date,
  court text,
  nature text,
  detail text,
  -- What it makes of the proceeding; null when it changes nothing of it.
  kind text,
  -- The notice it corrects or takes back.
  replaces text collate "C",
  takes_back boolean not null);
create unique index notices_key on register.notices (siren, id);
create index notices_replaced on register.notices (replaces) where replaces is not null;

create table proceedings (
  siren text primary key,
  kind text not null,
  since date not null,
  published_on date not null,
  court text,
  nature text,
  notice_id text not null);

-- The stock files replace what was read; notices come a few days at a time, and are added to those known.
create or replace function register.prepare(kind text) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if kind not in ('legal_units', 'establishments', 'successions', 'notices') then
    raise exception 'No such part of the register: %', kind;
  end if;
  execute format('create table register.%I (like register.%I)', kind || '_next', kind);
  execute format('grant select, insert, delete on register.%I to %I', kind || '_next', session_user);
end
$$;

-- Adds what was loaded to the notices known, the last line of a number holding, and says again where the proceedings of these companies stand.
create function register.add_notices() returns bigint language plpgsql security definer set search_path = pg_catalog as $$
declare
  twins bigint;
begin
  delete from register.notices_next where ctid in (
    select place from (select ctid as place, row_number() over (partition by siren, id order by ctid desc) as nth from register.notices_next) t where nth > 1);
  get diagnostics twins = row_count;
  insert into register.notices select * from register.notices_next
  on conflict (siren, id) do update set family = excluded.family, published_on = excluded.published_on, judged_on = excluded.judged_on, court = excluded.court,
    nature = excluded.nature, detail = excluded.detail, kind = excluded.kind, replaces = excluded.replaces, takes_back = excluded.takes_back;
  delete from public.proceedings where siren in (select siren from register.notices_next);
  insert into public.proceedings (siren, kind, since, published_on, court, nature, notice_id)
  select distinct on (n.siren) n.siren, n.kind, coalesce(n.judged_on, n.published_on), n.published_on, n.court, n.nature, n.id
  from register.notices n
  where n.siren in (select siren from register.notices_next) and n.kind is not null and not n.takes_back
    and not exists (select from register.notices later where later.replaces = n.id and later.siren = n.siren)
  order by n.siren, coalesce(n.judged_on, n.published_on) desc, n.published_on desc, n.id desc;
  insert into public.insight_changes
  select a.id from public.accounts a where a.siren in (select siren from register.notices_next);
  drop table register.notices_next;
  return twins;
end
$$;

do $do$
declare app text := current_setting('rcu.app_role');
begin
  execute format('grant select on register.notices to %I', app);
  revoke execute on function register.add_notices() from public;
  execute format('grant execute on function register.add_notices() to %I', app);
end
$do$;
