-- The figures of the day, over all of a kind and over what each source says of it: the day first, then the moment.
delete from score_days where day = $1 and kind = '{kind}';

insert into score_days (day, kind, source, rows, total, completeness, validity, freshness, coherence, uniqueness, computed_at)
select $1, '{kind}', '', count(*), avg(total), avg(completeness), avg(validity), avg(freshness), avg(coherence), avg(uniqueness), $2
from {scores} having count(*) > 0
union all
select $1, '{kind}', source, count(*), avg(total), avg(completeness), avg(validity), avg(freshness), avg(coherence), avg(uniqueness), $2
from source_scores where kind = '{kind}' group by source;

delete from score_problems where day = $1 and kind = '{kind}';

insert into score_problems (day, kind, source, problem, rows)
select $1, '{kind}', '', problem, count(*) from {scores}, unnest(problems) problem group by problem
union all
select $1, '{kind}', source, problem, count(*) from source_scores, unnest(problems) problem where kind = '{kind}' group by source, problem;

delete from score_contributors where kind = '{kind}';

insert into score_contributors (contributor, kind, rows, total, completeness, validity, freshness, coherence, uniqueness, computed_at)
select c.contributor, '{kind}', count(*), avg(s.total), avg(s.completeness), avg(s.validity), avg(s.freshness), avg(s.coherence), avg(s.uniqueness), $2
from contributions c join {scores} s on s.{key} = c.subject_id
where c.kind = '{kind}' group by c.contributor;

delete from score_contributor_problems where kind = '{kind}';

insert into score_contributor_problems (contributor, kind, problem, rows, cost)
select c.contributor, '{kind}', p.problem, count(*), sum(p.cost)
from contributions c join {scores} s on s.{key} = c.subject_id cross join unnest(s.problems, s.costs) p (problem, cost)
where c.kind = '{kind}' group by c.contributor, p.problem
