-- Pairs to judge, establishments and remarks are read by the stages that follow, as records and links are: on a hub just filled, without
-- statistics, a score took a minute for five hundred accounts.
create or replace function analyze_pipeline() returns void language plpgsql security definer set search_path = public as $$
begin
  analyze source_records, records, links, stale_clusters, accounts, contacts, roles, interactions, documents, document_lines, opportunities,
    matches, establishments, issues;
end
$$;
