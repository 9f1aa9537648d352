-- How the work of stewards goes is counted from the index alone: the pairs themselves are wide, with their evidence.
create index matches_by_verdict on matches (kind, judgement, band) include (probability, closed_at);
drop index matches_drawn;

-- Whose an account is, asked of each one a list goes through: answered by the index.
create index contributions_of_subject on contributions (kind, subject_id) include (contributor, is_owner);
drop index contributions_by_subject;
