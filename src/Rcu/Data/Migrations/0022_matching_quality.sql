-- Which record a record was joined to: its reasons are worked out again only when one of the two says something new.
alter table links add column other_record_id uuid;

-- 'Review': the hub asks before it joins. 'Automatic': it joined by itself, and a few are drawn for a person to check.
alter table matches add column band text not null default 'Review';
drop index matches_to_judge;
create index matches_to_judge on matches (kind, weight desc, id) where judgement = 'Undecided' and closed_at is null and band = 'Review';
create index matches_drawn on matches (kind, band);

-- What a resolution did, for each kind of cluster: the counts that measures of quality are drawn from.
create table resolutions (
  id uuid primary key,
  kind text not null,
  scope text not null,
  at timestamptz not null,
  records bigint not null,
  clusters bigint not null,
  automatic bigint not null,
  review bigint not null,
  rejected bigint not null,
  corrected bigint not null,
  held bigint not null);
create index resolutions_by_kind on resolutions (kind, at desc);

-- Records that were one and whose reasons to be are gone: they stay together until a person has said.
create table splits (
  id uuid primary key,
  kind text not null,
  cluster_id uuid not null,
  kept_record_ids uuid[] not null,
  parted_record_ids uuid[] not null,
  reason text not null,
  judgement text not null,
  judged_by text,
  judged_at timestamptz,
  found_at timestamptz not null,
  closed_at timestamptz);
create unique index splits_waiting on splits (kind, cluster_id, (parted_record_ids[1])) where closed_at is null;
