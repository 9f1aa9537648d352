-- What the accounts of a pair are worth, as Insight last computed it, in euros; and what is most worth a steward's time:
-- a pair nobody can be sure of, with money behind it.
alter table matches add column stake double precision not null default 0;
alter table matches add column urgency double precision not null
  generated always as ((1000 + stake) * greatest(4 * probability * (1 - probability), 0.01)) stored;
create index matches_by_urgency on matches (kind, urgency desc, id) where judgement = 'Undecided' and closed_at is null and band = 'Review';
create index matches_by_age on matches (kind, found_at, id) where judgement = 'Undecided' and closed_at is null and band = 'Review';
