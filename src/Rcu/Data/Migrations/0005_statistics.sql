-- The planner's statistics after a bulk write. The program's role owns nothing and may not analyze: this does it for it.
create function analyze_pipeline() returns void language plpgsql security definer set search_path = public as $$
begin
  analyze source_records, records, links, stale_clusters, accounts, contacts, roles, interactions, documents, document_lines, opportunities;
end
$$;
