-- Words of comments are compared without accents and by their French stem.
create extension if not exists unaccent;
create text search configuration rcu_french (copy = french);
alter text search configuration rcu_french alter mapping for hword, hword_part, word with unaccent, french_stem;
