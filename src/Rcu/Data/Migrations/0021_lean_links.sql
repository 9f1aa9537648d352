-- A link's reasons are read with it and never searched: text of our own, far cheaper to write by the million.
alter table links add column reasons text not null default '[]';
update links l set reasons = (
  select jsonb_agg(
    case when e -> 'left' = e -> 'right'
      then jsonb_build_array(e -> 'field', e -> 'level', e -> 'weight', e -> 'termFrequencyPart', e -> 'left')
      else jsonb_build_array(e -> 'field', e -> 'level', e -> 'weight', e -> 'termFrequencyPart', e -> 'left', e -> 'right') end order by place)::text
  from jsonb_array_elements(l.evidence) with ordinality as one (e, place))
where evidence <> '[]';
alter table links drop column evidence;
alter table links rename column reasons to evidence;

-- The index by date serves the same questions.
drop index links_joined;
