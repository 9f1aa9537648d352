-- Rows of a run the planner has not heard of are taken for one: it would look through all of them for each. Only an owner may ANALYZE.
create function analyze_staged() returns void language plpgsql security definer set search_path = public as $$
begin
  analyze staged_records (run_id, place, kind, external_key);
end
$$;
