-- How the judging goes today, and what the hub joined by itself this week.
create index matches_judged on matches (judged_at) where judged_at is not null;
create index links_joined on links (linked_at) where rule <> 'alone';
