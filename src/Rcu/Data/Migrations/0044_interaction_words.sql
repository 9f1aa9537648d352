-- no transaction
-- What was said is found by its words.
drop index concurrently if exists interactions_words;

create index concurrently interactions_words on interactions
  using gin (to_tsvector('rcu_french'::regconfig, coalesce(subject, '') || ' ' || coalesce(text, '')));
