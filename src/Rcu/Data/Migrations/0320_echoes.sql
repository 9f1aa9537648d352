-- What the hub told its tools, by the names that records of a tool give it. A tool that is also read says it back.
create view told_values as
select d.kind as tool, case when p.payload ? 'family_name' then 'Contact' else 'Account' end as kind, p.remote_id, told.field, told.value
from destination_profiles p
join destinations d on d.id = p.destination_id
cross join lateral (
  select usual.field, p.payload #>> usual.path as value
  from (values
    ('name', '{name}'::text[]), ('usual_name', '{name}'), ('siren', '{siren}'), ('website', '{website}'), ('headcount', '{headcount}'), ('street', '{street}'),
    ('postal_code', '{postal_code}'), ('city', '{city}'), ('email', '{email}'), ('phone', '{phone}'), ('mobile', '{mobile}'), ('civility', '{civility}'),
    ('given_name', '{given_name}'), ('family_name', '{family_name}'), ('job_title', '{job_title}'), ('company_name', '{account,name}'),
    ('postal_code', '{account,postal_code}'), ('city', '{account,city}')) usual (field, path)
  where not p.payload ? 'fields'
  union all
  select case rule ->> 'field' when 'account.name' then 'company_name' when 'account.siren' then 'company_siren' when 'account.postal_code' then 'postal_code'
      when 'account.city' then 'city' when 'level' then 'job_level' else rule ->> 'field' end,
    p.payload -> 'fields' ->> (rule ->> 'as')
  from jsonb_array_elements(d.fields) rule
  where p.payload ? 'fields') told
where p.remote_id is not null and told.value <> '';

-- Two ways to write one value: what a tool makes of a number or an address it is given is no news.
create function echo_form(field text, value text) returns text language sql immutable parallel safe as $$
  select case when field in ('phone', 'mobile') then right(regexp_replace(value, '\D', '', 'g'), 9)
    when field = 'website' then regexp_replace(lower(value), '^(https?://)?(www\.)?|/+$', '', 'g')
    else lower(btrim(value)) end
$$;

-- What a record of such a tool said of each field when it was last looked at (a digest), and which of these words are only the hub's own.
create table record_echoes (
  record_id uuid primary key references records on delete cascade,
  said jsonb not null,
  echoes text[] not null);
