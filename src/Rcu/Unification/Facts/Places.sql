-- A fact, or the person it is of, that goes from one place of a customer to another changes the figures of both, though not its
-- account: noted where something is computed of places.
with since as (
  select coalesce(max((value #>> '{}')::timestamptz), '-infinity') as at from hub_settings where name = 'projected_at'),
touched as (
  select r.id, r.kind from since join records r on r.cleaned_at >= since.at
  where r.kind in ('Document', 'DocumentLine', 'Interaction', 'Opportunity', 'Contact')
    and exists (
      select from computed_attributes a
      where a.name ~ '_establishment_calc_[0-9]+$' and a.state = 'On'
        and a.version = (select max(b.version) from computed_attributes b where b.number = a.number)))
insert into insight_changes
select distinct account_id from (
  select d.account_id from touched t join documents d on d.id = t.id
  union all select i.account_id from touched t join interactions i on i.id = t.id
  union all select o.account_id from touched t join opportunities o on o.id = t.id
  union all select l.cluster_id from touched t join links l on l.record_id = t.id and l.kind = 'Account' where t.kind = 'Contact') moved
where account_id <> $1;
