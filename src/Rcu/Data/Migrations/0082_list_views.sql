-- Lists as somebody likes them: filters and sort as the address says them, and the columns shown. The view '' is how they see any list.
create table list_views (
  id uuid primary key,
  owner text not null,
  name text not null,
  query text not null,
  columns text[] not null,
  created_at timestamptz not null,
  unique (owner, name));
