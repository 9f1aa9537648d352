-- How the work of stewards goes is counted from the index alone: the pairs themselves are wide, with their evidence.
create index matches_by_verdict on matches (kind, judgement, band) include (probability, closed_at);
drop index matches_drawn;

-- Whose an account is, asked of each one a list goes through: answered by the index.
create index contributions_of_subject on contributions (kind, subject_id) include (contributor, is_owner);
drop index contributions_by_subject;

-- Figures are written by the million in one transaction: what is computed from them next is planned on how many there are now.
create function analyze_figures() returns void language plpgsql security definer set search_path = public as $$
begin
  analyze account_metrics, account_worths, lead_moves, lead_holds, contact_leads;
end
$$;

-- The accounts of a town, or of a department, are counted and put in order from the index alone: an account is 1.2 KB wide.
drop index accounts_by_town_start;
create index accounts_by_town_start on accounts (upper(address_city) collate "C", id) include (address_city, name, naf, type);
drop index accounts_by_department;
create index accounts_by_department on accounts (address_department, id) include (type, naf, name);
