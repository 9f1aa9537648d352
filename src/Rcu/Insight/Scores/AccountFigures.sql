-- What the reports on the switch of activity codes and on electronic invoices read: the day first, then the moment.
delete from naf_switch;

insert into naf_switch (naf, naf2025, rows)
select naf, coalesce(naf2025, ''), count(*) from accounts where naf is not null group by 1, 2;

delete from invoicing_days where day = $1;

insert into invoicing_days (day, customers, ready, gaps, computed_at)
select $1, count(*), count(*) filter (where gaps = '{}'), coalesce((
  select jsonb_object_agg(gap, rows) from (select gap, count(*) as rows from invoicing_readiness, unnest(gaps) gap group by gap) counted), '{}'), $2
from invoicing_readiness
