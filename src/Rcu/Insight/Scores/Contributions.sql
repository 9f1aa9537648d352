-- Whose the rows of the batch are: the owner a source names, and everyone who typed something of them in the hub.
delete from contributions c using score_batch b where c.kind = '{kind}' and c.subject_id = b.id;

insert into contributions (contributor, kind, subject_id, is_owner)
select contributor, '{kind}', id, bool_or(is_owner)
from (
  select lower(trim(g.origins -> 'owner' ->> 'value')) as contributor, g.id, true as is_owner
  from score_batch b join {golden} g on g.id = b.id and g.origins ? 'owner'
  union all
  select lower(run.requested_by), b.id, false
  from score_batch b
  join links l on l.cluster_id = b.id and l.kind = '{kind}'
  join records r on r.id = l.record_id and r.kind = '{kind}'
  join sources s on s.id = r.source_id and s.name = 'saisie'
  join source_records v on v.source_id = r.source_id and v.kind = r.kind and v.external_key = r.external_key
  join runs run on run.id = v.run_id) said
where contributor <> ''
group by contributor, id
