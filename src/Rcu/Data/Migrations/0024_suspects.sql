-- Golden rows whose records do not all fit each other: a person looks at them, parts them or says that all is well.
create table suspects (
  id uuid primary key,
  kind text not null,
  cluster_id uuid not null,
  record_ids uuid[] not null,
  doubt text not null,
  fit double precision not null,
  left_record_id uuid,
  right_record_id uuid,
  parted_record_ids uuid[] not null,
  sentence text,
  resolution_id uuid not null,
  judgement text not null,
  reason text,
  judged_by text,
  judged_at timestamptz,
  found_at timestamptz not null,
  closed_at timestamptz);
create unique index suspects_waiting on suspects (kind, cluster_id) where closed_at is null;
create index suspects_to_judge on suspects (kind, fit, id) where closed_at is null;
create index suspects_checked on suspects (kind, cluster_id) where judgement = 'Same';
