-- no transaction
-- The rows of one problem are read page by page, in the order of their records; accounts are asked for by a stage of their opportunities.
drop index concurrently if exists issues_by_problem;

create index concurrently issues_by_problem on issues (code, record_id, field);

drop index concurrently if exists issues_by_code;

drop index concurrently if exists opportunities_by_account_of_stage;

create index concurrently opportunities_by_account_of_stage on opportunities (stage, account_id);
