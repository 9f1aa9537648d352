-- What a steward typed on a golden row while joining two: it goes away with the judgement, unless it was changed since.
create table match_values (
  id uuid primary key,
  match_id uuid not null,
  kind text not null,
  external_key text not null,
  before jsonb not null,
  after jsonb not null,
  written_at timestamptz not null,
  undone_at timestamptz);
create index match_values_of_match on match_values (match_id) where undone_at is null;
