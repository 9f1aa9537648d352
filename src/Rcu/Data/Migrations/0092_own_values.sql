-- The values of the fields a company added of its own, as a segment reads them: those of the golden row, typed as they were cleaned.
create view own_values as
select golden.kind, golden.id as subject_id, own.key as name, own.value ->> 'value' as text,
  case when own.key like 'own\_number\_%' and own.value ->> 'value' ~ '^-?[0-9]{1,20}(\.[0-9]{1,10})?$' then (own.value ->> 'value')::numeric end as number,
  case when own.key like 'own\_date\_%' and own.value ->> 'value' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then (own.value ->> 'value')::date end as day,
  own.value ->> 'value' = 'true' as is_true
from (select 'Account' as kind, id, origins from accounts union all select 'Contact', id, origins from contacts) golden
cross join lateral jsonb_each(golden.origins) own
where own.key like 'own\_%' and own.key not like 'own\_reserved\_%';
