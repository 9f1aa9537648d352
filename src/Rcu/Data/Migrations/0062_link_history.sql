-- Where a record stood before it moved to another golden row, or was taken away: what an import changed can be given back.
create table link_history (
  record_id uuid not null,
  kind text not null,
  cluster_id uuid not null,
  linked_at timestamptz not null,
  left_at timestamptz not null,
  primary key (record_id, kind, left_at));
create index link_history_by_time on link_history (left_at);
