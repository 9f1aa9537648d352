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
select $1, '{kind}', source, problem, count(*) from source_scores, unnest(problems) problem where kind = '{kind}' group by source, problem
