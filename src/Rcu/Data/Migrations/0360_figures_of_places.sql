-- A line bought says on which document: its record says for which place of the customer.
create or replace view bought_products as
select l.account_id, l.id, d.contact_id, d.type, d.date, p.code, p.label, p.range, l.quantity, l.net, l.document_id
from document_lines l
join documents d on d.account_id = l.account_id and d.id = l.document_id
join products p on p.id = l.product_id;

-- Whose records are of which place only matters where something is computed of places.
create function note_places() returns trigger language plpgsql as $$
begin
  if exists (
    select from computed_attributes a
    where a.name ~ '_establishment_calc_[0-9]+$' and a.state = 'On'
      and a.version = (select max(b.version) from computed_attributes b where b.number = a.number))
  then
    insert into insight_changes select distinct account_id from changed;
  end if;
  return null;
end
$$;

create trigger insight_insert after insert on establishments referencing new table as changed for each statement execute function note_places();
create trigger insight_delete after delete on establishments referencing old table as changed for each statement execute function note_places();
create trigger insight_update after update on establishments referencing new table as changed for each statement execute function note_places();
