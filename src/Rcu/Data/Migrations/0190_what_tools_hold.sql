-- The payload a tool last took of a profile: what differs from it is all that is sent.
alter table destination_profiles add column payload jsonb;
alter table destination_profiles add column name text not null default '';

create index destination_profiles_by_remote on destination_profiles (destination_id, remote_id) where remote_id is not null;

-- Which fields a destination is told, under which names, who owns them; null: all of them as they are.
alter table destinations add column fields jsonb;

-- The guard: how many removals and changes stopped the last push, and up to how many a person let through.
alter table destinations add column guard_removals int;
alter table destinations add column guard_changes int;
alter table destinations add column guard_passes int not null default 0;

-- One field in the shape a tool wants. What is absent stays absent, null stays null, empty stays empty.
create function activation_shape(transform text, value jsonb) returns jsonb language sql immutable as $$
  select case when value is null or jsonb_typeof(value) <> 'string' then value else case transform
    when 'Upper' then to_jsonb(upper(value #>> '{}'))
    when 'Lower' then to_jsonb(lower(value #>> '{}'))
    when 'Title' then to_jsonb(initcap(lower(value #>> '{}')))
    when 'Digits' then to_jsonb(regexp_replace(value #>> '{}', '\D', '', 'g'))
    when 'Initial' then to_jsonb(left(value #>> '{}', 1))
    else value end end
$$;

-- The value a tool is to hold, given the one it holds and who owns the field.
create function activation_own(owner text, is_held boolean, held jsonb, value jsonb) returns jsonb language sql immutable as $$
  select case owner
    when 'Tool' then case when is_held then held else value end
    when 'OnlyIfEmpty' then coalesce(nullif(nullif(held, 'null'), '""'), value)
    when 'NeverNull' then coalesce(nullif(value, 'null'), held)
    else value end
$$;
