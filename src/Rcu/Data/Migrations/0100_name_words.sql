-- The words that names are made of, each with what is left of it without one of its letters: a word typed with a slip shares one of
-- those with the word that was meant, whichever of the two lost, gained, changed or swapped a letter.
create function word_keys(word text) returns text[] language sql immutable parallel safe as $$
  select case when length(word) < 4 then array[word]
    else array[word] || array(select distinct overlay(word placing '' from i for 1) from generate_series(1, least(length(word), 24)) i) end
$$;

create table name_words (
  word text collate "C" primary key,
  keys text[] not null);
create index name_words_by_key on name_words using gin (keys);
create index name_words_alike on name_words using gin (word gin_trgm_ops);
