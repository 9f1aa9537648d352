-- Which accounts or contacts must be judged again: they changed, a pair of theirs did, or time did.
-- $1 the last judgement (null: all of them), $2 today.
insert into score_due (id)
select id from {golden} where $1::timestamptz is null or updated_at >= $1
union
select l.cluster_id
from records r
join links l on l.record_id = r.id and l.kind = '{kind}'
where r.kind = '{kind}' and (r.cleaned_at >= $1 or r.removed_at >= $1) and exists (select from {golden} g where g.id = l.cluster_id)
union
select s.{key} from {scores} s where s.due_on <= $2 and exists (select from {golden} g where g.id = s.{key})
union
select coalesce(paired.id, s.{key})
from (
  select l.cluster_id as id, count(distinct m.id) as pairs
  from matches m
  cross join lateral (values (m.left_record_id), (m.right_record_id)) side (record_id)
  join links l on l.record_id = side.record_id and l.kind = m.kind
  where m.kind = '{kind}' and m.judgement = 'Undecided' and m.closed_at is null and m.band = 'Review'
  group by l.cluster_id) paired
full join (select {key}, duplicates from {scores} where duplicates > 0) s on s.{key} = paired.id
where coalesce(paired.pairs, 0) is distinct from coalesce(s.duplicates, 0)
  and exists (select from {golden} g where g.id = coalesce(paired.id, s.{key}))
