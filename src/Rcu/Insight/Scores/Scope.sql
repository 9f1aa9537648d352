-- Which fields each voice may be expected to give: the golden row all of them, a source those that its mappings bring.
insert into score_names (name, field)
select name, field from score_fields, unnest(names) name where kind = '{kind}';

insert into score_scope (source, field, points, fresh_days, limit_days, coherence)
select '', field, points, fresh_days, limit_days, coherence from score_fields where kind = '{kind}' and points > 0
union all
select s.name, f.field, f.points, f.fresh_days, f.limit_days, f.coherence
from sources s
join score_fields f on f.kind = '{kind}' and f.points > 0
where s.name <> 'saisie' and (
  not exists (select from feeds d where d.source_id = s.id and d.kind = '{kind}' and d.active)
  or exists (
    select from feeds d, jsonb_array_elements(d.columns) c
    where d.source_id = s.id and d.kind = '{kind}' and d.active and (
      c ->> 'field' = any(f.names)
      or c ->> 'field' = 'postal_city' and f.field in ('postal_code', 'city')
      or c ->> 'field' = 'full_name' and f.field in ('given_name', 'family_name')
      or c ->> 'field' = 'siret' and f.field = 'siren')))
