-- The scores of a batch. $1 now.
with judged as materialized (
  select v.id, v.source, f.field, f.points, f.coherence, t.field is not null as known, coalesce(w.penalty, 0) as penalty,
    coalesce(t.disputed, false) as disputed,
    case when f.limit_days is null then null when t.at >= $1 - f.fresh_days * interval '1 day' then 1.0
      when t.at >= $1 - f.limit_days * interval '1 day' then 0.5 when t.at is not null then 0 end as fresh,
    case when t.at >= $1 - f.fresh_days * interval '1 day' then (t.at at time zone 'utc' + (f.fresh_days + 1) * interval '1 day')::date
      when t.at >= $1 - f.limit_days * interval '1 day' then (t.at at time zone 'utc' + (f.limit_days + 1) * interval '1 day')::date end as due_on
  from score_voices v
  join score_scope f on f.source = v.source
  left join score_told t on t.id = v.id and t.source = v.source and t.field = f.field
  left join (select id, source, field, max(penalty) as penalty from score_flaws group by id, source, field) w
    on w.id = v.id and w.source = v.source and w.field = f.field),
weighed as (
  select *, sum(points) over voice as all_points, sum(points) filter (where known or penalty > 0) over voice as said_points,
    sum(points) filter (where fresh is not null) over voice as dated_points
  from judged window voice as (partition by id, source)),
lost as materialized (
  select id, source, 'completeness' as dimension, field, points::numeric / all_points as loss from weighed where not known
  union all
  select id, source, 'validity', field, points * penalty / said_points from weighed where penalty > 0
  union all
  select id, source, 'freshness', field, points * (1 - fresh) / dated_points from weighed where fresh < 1
  union all
  select id, source, 'coherence', field, coherence / 100.0 from weighed where disputed and coherence > 0
  union all
  select c.id, '', 'coherence', c.field, f.coherence / 100.0 from score_checks c join score_fields f on f.kind = '{kind}' and f.field = c.field
  union all
  select id, source, 'uniqueness', 'duplicates', least(1, doubles * 0.5) from score_voices where doubles > 0),
parts as (
  select id, source, dimension, least(1, sum(loss)) as loss from lost group by id, source, dimension),
summed as (
  select p.id, p.source, 100 - sum(w.weight * p.loss) as total,
    100 * max(p.loss) filter (where p.dimension = 'completeness') as completeness,
    100 * max(p.loss) filter (where p.dimension = 'validity') as validity,
    100 * max(p.loss) filter (where p.dimension = 'freshness') as freshness,
    100 * max(p.loss) filter (where p.dimension = 'coherence') as coherence,
    100 * max(p.loss) filter (where p.dimension = 'uniqueness') as uniqueness
  from parts p join score_weights w using (dimension) group by p.id, p.source),
told as (
  select l.id, l.source, array_agg(l.dimension || '.' || l.field order by w.weight * l.loss desc, l.dimension, l.field) as problems,
    array_agg(round(100 * w.weight * l.loss)::int order by w.weight * l.loss desc, l.dimension, l.field) as costs
  from lost l join score_weights w using (dimension) group by l.id, l.source),
scores as materialized (
  select v.id, v.source, v.doubles, round(coalesce(s.total, 100))::int as total, round(100 - coalesce(s.completeness, 0))::int as completeness,
    round(100 - coalesce(s.validity, 0))::int as validity, round(100 - coalesce(s.freshness, 0))::int as freshness,
    round(100 - coalesce(s.coherence, 0))::int as coherence, round(100 - coalesce(s.uniqueness, 0))::int as uniqueness,
    coalesce(t.problems, '{}') as problems, coalesce(t.costs, '{}') as costs
  from score_voices v
  left join summed s on s.id = v.id and s.source = v.source
  left join told t on t.id = v.id and t.source = v.source),
silent as (
  delete from source_scores s using score_batch b
  where s.kind = '{kind}' and s.subject_id = b.id
    and not exists (select from score_voices v where v.id = s.subject_id and v.source = s.source)),
sources as (
  insert into source_scores as known (kind, subject_id, source, total, completeness, validity, freshness, coherence, uniqueness, problems)
  select '{kind}', id, source, total, completeness, validity, freshness, coherence, uniqueness, problems from scores where source <> ''
  on conflict (kind, subject_id, source) do update
  set total = excluded.total, completeness = excluded.completeness, validity = excluded.validity, freshness = excluded.freshness,
    coherence = excluded.coherence, uniqueness = excluded.uniqueness, problems = excluded.problems
  where (known.total, known.problems, known.completeness, known.validity, known.freshness, known.coherence, known.uniqueness)
    is distinct from (excluded.total, excluded.problems, excluded.completeness, excluded.validity, excluded.freshness, excluded.coherence, excluded.uniqueness))
insert into {scores} as known (
  {key}, total, completeness, validity, freshness, coherence, uniqueness, problems, costs, duplicates, due_on, computed_at)
select s.id, s.total, s.completeness, s.validity, s.freshness, s.coherence, s.uniqueness, s.problems, s.costs, s.doubles, d.due_on, $1
from scores s
left join (select id, min(due_on) as due_on from judged where source = '' group by id) d on d.id = s.id
where s.source = ''
on conflict ({key}) do update
set total = excluded.total, completeness = excluded.completeness, validity = excluded.validity, freshness = excluded.freshness,
  coherence = excluded.coherence, uniqueness = excluded.uniqueness, problems = excluded.problems, costs = excluded.costs,
  duplicates = excluded.duplicates, due_on = excluded.due_on, computed_at = excluded.computed_at
