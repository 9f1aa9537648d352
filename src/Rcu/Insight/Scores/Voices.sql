-- What the golden rows of the batch, and each source that speaks of them, say of each field, since when, and whether others disagree.
truncate score_voices, score_told, score_flaws, score_checks;

insert into score_voices (id, source, doubles)
select l.cluster_id, s.name, count(*) - 1
from score_batch b
join links l on l.cluster_id = b.id and l.kind = '{kind}'
join records r on r.id = l.record_id and r.kind = '{kind}' and r.removed_at is null
join sources s on s.id = r.source_id and s.name <> 'saisie'
group by l.cluster_id, s.name
union all
select b.id, '', (
  select count(distinct m.id)
  from links l
  join lateral (
    select id, kind, judgement, closed_at, band from matches where left_record_id = l.record_id
    union all
    select id, kind, judgement, closed_at, band from matches where right_record_id = l.record_id) m
    on m.kind = '{kind}' and m.judgement = 'Undecided' and m.closed_at is null and m.band = 'Review'
  where l.cluster_id = b.id and l.kind = '{kind}')
from score_batch b;

insert into score_told (id, source, field, at, disputed, records)
with spoken as materialized (
  select b.id, n.field, o.value ->> 'value' as value, o.value ->> 'source' as source, (o.value ->> 'recordId')::uuid as record_id,
    (o.value ->> 'at')::timestamptz as at, coalesce(o.value -> 'lost', '[]') as lost
  from score_batch b
  join {golden} g on g.id = b.id
  cross join jsonb_each(g.origins) o
  join score_names n on n.name = o.key),
claims as materialized (
  select id, field, source, record_id, at, true as agrees, true as kept from spoken
  union all
  select s.id, s.field, l ->> 'source', (l ->> 'recordId')::uuid, (l ->> 'at')::timestamptz, lower(l ->> 'value') = lower(s.value), false
  from spoken s cross join jsonb_array_elements(s.lost) l)
-- A value a person typed settles the matter. Sources that agree with the value kept confirm it, the latest of them counts.
select id, '', field, max(at) filter (where agrees), not bool_and(agrees) and not bool_or(kept and source = 'saisie'),
  array_agg(record_id) filter (where kept)
from claims group by id, field
union all
select id, source, field, max(at), bool_or(not agrees), array_agg(record_id) from claims where source <> 'saisie' group by id, source, field;

insert into score_flaws (id, source, field, penalty)
with found as materialized (
  select b.id, s.name as source, n.field, i.severity = 'Error' as refused, i.record_id
  from score_batch b
  join links l on l.cluster_id = b.id and l.kind = '{kind}'
  join records r on r.id = l.record_id and r.kind = '{kind}' and r.removed_at is null
  join issues i on i.record_id = r.id
  join score_names n on n.name = i.field
  join sources s on s.id = r.source_id)
select id, source, field, max(case when refused then 1 else 0.5 end) from found group by id, source, field
union all
-- Of the golden row: a value refused and given by nobody else; less, a value kept with a remark.
select f.id, '', f.field, max(case when t.field is null then 1 else 0.25 end)
from found f
left join score_told t on t.id = f.id and t.source = '' and t.field = f.field
where case when t.field is null then f.refused else f.record_id = any(t.records) end
group by f.id, f.field
