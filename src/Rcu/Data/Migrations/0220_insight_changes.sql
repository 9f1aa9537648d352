-- Whose figures must be computed again: noted by whatever touches an account or a fact of it, taken by the next computation.
-- Rows are only added, and may repeat: those who write never wait for each other.
create table insight_changes (account_id uuid not null);

-- The arguments are the columns that name an account.
create function note_insight() returns trigger language plpgsql as $$
begin
  for i in 0 .. tg_nargs - 1 loop
    execute format('insert into insight_changes select distinct %1$I from changed where %1$I is not null', tg_argv[i]);
  end loop;
  return null;
end
$$;

create function note_insight_update() returns trigger language plpgsql as $$
begin
  for i in 0 .. tg_nargs - 1 loop
    execute format(
      'insert into insight_changes select %1$I from before where %1$I is not null union select %1$I from changed where %1$I is not null', tg_argv[i]);
  end loop;
  return null;
end
$$;

do $$
declare
  watched record;
begin
  for watched in
    select * from (values
      ('accounts', '''id'''), ('contacts', '''account_id'''), ('roles', '''account_id'''), ('documents', '''account_id'''),
      ('document_lines', '''account_id'''), ('opportunities', '''account_id'''), ('interactions', '''account_id'''),
      ('capital_links', '''parent_id'', ''child_id''')) w (name, columns)
  loop
    execute format(
      'create trigger insight_insert after insert on %I referencing new table as changed for each statement execute function note_insight(%s)',
      watched.name, watched.columns);
    execute format(
      'create trigger insight_delete after delete on %I referencing old table as changed for each statement execute function note_insight(%s)',
      watched.name, watched.columns);
    execute format(
      'create trigger insight_update after update on %I referencing old table as before new table as changed for each statement execute function note_insight_update(%s)',
      watched.name, watched.columns);
  end loop;
end
$$;
