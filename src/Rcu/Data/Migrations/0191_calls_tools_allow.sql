-- The calls a destination still allows, as its tool's own headers say: every worker draws from this one row.
create table destination_budgets (
  destination_id uuid primary key,
  calls int not null,
  span_ms double precision not null,
  tokens double precision not null,
  filled_at timestamptz not null,
  silent_until timestamptz);
