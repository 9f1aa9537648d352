-- Trigrams serve the search that forgives accents, typos and word order.
create extension if not exists pg_trgm;

-- ------------------------------------------------------------------ sources and evidence
create table sources (
  id uuid primary key,
  name text not null unique,
  label text not null,
  priority int not null,
  without_duplicates boolean not null default false,
  created_at timestamptz not null);

-- A declared mapping: which file of a source feeds which kind of record, and how. A change is a new version.
create table feeds (
  id uuid primary key,
  source_id uuid not null references sources,
  name text not null,
  version int not null,
  kind text not null,
  file_pattern text not null,
  format jsonb not null,
  key_columns text[] not null,
  columns jsonb not null,
  active boolean not null default true,
  created_at timestamptz not null,
  created_by text not null,
  unique (source_id, name, version));

create table runs (
  id uuid primary key,
  stage text not null,
  subject uuid not null,
  label text not null,
  status text not null,
  attempt int not null default 0,
  done bigint not null default 0,
  total bigint,
  cursor text,
  counters jsonb not null default '{}',
  failure text,
  cancel_requested boolean not null default false,
  requested_by text not null,
  queued_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  undone_at timestamptz,
  undone_by text);
create index runs_by_stage on runs (stage, queued_at desc);
create index runs_at_work on runs (queued_at) where status in ('Queued', 'Running');

-- A file as it was received. It is stored under a random name; the name it had is only data.
create table uploads (
  id uuid primary key,
  run_id uuid not null references runs,
  source_id uuid not null references sources,
  feed_id uuid references feeds,
  original_name text not null,
  stored_name text not null,
  bytes bigint not null,
  sha256 bytea not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null);
create index uploads_by_run on uploads (run_id);
create index uploads_by_content on uploads (sha256);

-- Rows of a file being read, until the whole file is there and one statement promotes them.
create table staged_records (
  run_id uuid not null,
  place bigint not null,
  line bigint not null,
  feed_id uuid not null,
  kind text not null,
  external_key text not null,
  payload jsonb not null,
  content_hash bytea not null,
  primary key (run_id, place));

-- Evidence: one row per version of what a source says under one key. Insert-only.
create table source_records (
  id uuid primary key,
  source_id uuid not null,
  kind text not null,
  external_key text not null,
  payload jsonb not null,
  content_hash bytea not null,
  run_id uuid not null,
  feed_id uuid not null,
  line bigint not null,
  received_at timestamptz not null);
create index source_records_by_key on source_records (source_id, kind, external_key, id desc);
create index source_records_by_run on source_records (run_id);

create table rejects (
  id uuid primary key,
  run_id uuid not null,
  line bigint not null,
  column_name text,
  value text,
  code text not null,
  reason text not null,
  raw jsonb);
create index rejects_by_run on rejects (run_id, line);

-- One row per (source, kind, key): points at its latest version and holds what Cleaning made of it.
create table records (
  id uuid primary key,
  source_id uuid not null,
  kind text not null,
  external_key text not null,
  source_record_id uuid not null,
  content_hash bytea not null,
  run_id uuid not null,
  fields jsonb not null default '{}',
  cleaned_at timestamptz,
  rules_version int not null default 0,
  changed_at timestamptz not null,
  removed_at timestamptz,
  unique (source_id, kind, external_key));
create index records_to_clean on records (id) where cleaned_at is null;
create index records_by_kind on records (kind, id);
create index records_by_run on records (run_id);
create index records_by_external_key on records (external_key);
create index records_by_account_key on records (source_id, (fields ->> 'account_key')) where fields ? 'account_key';
create index records_by_contact_key on records (source_id, (fields ->> 'contact_key')) where fields ? 'contact_key';

create table issues (
  record_id uuid not null,
  field text not null,
  code text not null,
  value text,
  severity text not null,
  message text not null,
  primary key (record_id, field, code));
create index issues_by_code on issues (code);

-- ------------------------------------------------------------------ identity
-- Which record belongs to which golden account or contact, by which rule, with its evidence.
-- A contact's record has two: to its contact, and to the account it speaks of.
create table links (
  record_id uuid not null,
  kind text not null,
  cluster_id uuid not null,
  rule text not null,
  probability double precision not null,
  sentence text not null,
  evidence jsonb not null default '[]',
  linked_at timestamptz not null,
  primary key (record_id, kind));
create index links_by_cluster on links (cluster_id, kind);

create table matches (
  id uuid primary key,
  kind text not null,
  left_record_id uuid not null,
  right_record_id uuid not null,
  probability double precision not null,
  weight double precision not null,
  rule text not null,
  veto text,
  sentence text not null,
  evidence jsonb not null,
  judgement text not null,
  judged_by text,
  judged_at timestamptz,
  found_at timestamptz not null,
  closed_at timestamptz,
  unique (kind, left_record_id, right_record_id));
create index matches_to_judge on matches (kind, weight desc, id) where judgement = 'Undecided' and closed_at is null;
create index matches_by_left on matches (left_record_id);
create index matches_by_right on matches (right_record_id);

-- What a person decided about two records, for good; revoking a decision keeps its row.
create table decisions (
  id uuid primary key,
  kind text not null,
  left_record_id uuid not null,
  right_record_id uuid not null,
  verdict text not null,
  reason text,
  decided_by text not null,
  decided_at timestamptz not null,
  revoked_by text,
  revoked_at timestamptz);
create unique index decisions_in_force on decisions (kind, left_record_id, right_record_id) where revoked_at is null;

create table siren_aliases (
  siren text primary key,
  alias_of text not null,
  reason text,
  declared_by text not null,
  declared_at timestamptz not null);

-- A retired golden id answers with its survivor; record_ids lets an unmerge give it back to its own records.
create table redirects (
  retired_id uuid primary key,
  kind text not null,
  survivor_id uuid not null,
  record_ids uuid[] not null,
  retired_at timestamptz not null);
create index redirects_by_survivor on redirects (survivor_id);

-- Clusters whose golden row must be computed again.
create table stale_clusters (
  kind text not null,
  cluster_id uuid not null,
  primary key (kind, cluster_id));

-- ------------------------------------------------------------------ customers
create table accounts (
  id uuid primary key,
  name text not null,
  siren text,
  vat text,
  legal_name text,
  usual_name text,
  brand text,
  legal_form text,
  legal_category text,
  naf text,
  naf2025 text,
  headcount int,
  headcount_band text,
  size_class text,
  founded_on date,
  closed_on date,
  insee_state text,
  diffusion text,
  type text,
  blocked boolean not null default false,
  payment_terms text,
  phone text,
  email text,
  website text,
  domain text,
  address_street text,
  address_complement text,
  address_postal_code text,
  address_city text,
  address_commune_code text,
  address_department text,
  address_region text,
  address_country text,
  customer_since date,
  sources text[] not null,
  record_count int not null,
  quality int not null,
  origins jsonb not null,
  search text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1);
create index accounts_by_siren on accounts (siren);
create index accounts_by_name on accounts (name, id);
create index accounts_by_search on accounts using gin (search gin_trgm_ops);
create index accounts_by_domain on accounts (domain);
create index accounts_by_phone on accounts (phone);
create index accounts_by_email on accounts (email);
create index accounts_by_city on accounts (address_city, id);
create index accounts_by_naf on accounts (naf, id);
create index accounts_by_postal_code on accounts (address_postal_code, id);
create index accounts_by_department on accounts (address_department, id);
create index accounts_by_type on accounts (type, id);
create index accounts_by_quality on accounts (quality, id);
create index accounts_by_update on accounts (updated_at desc, id);

create table establishments (
  account_id uuid not null,
  id uuid not null,
  siret text,
  nic text,
  name text,
  is_head_office boolean not null default false,
  state text,
  closed_on date,
  address_street text,
  address_complement text,
  address_postal_code text,
  address_city text,
  address_commune_code text,
  address_department text,
  address_region text,
  address_country text,
  phone text,
  sources text[] not null,
  record_ids uuid[] not null,
  primary key (account_id, id));
create index establishments_by_siret on establishments (siret);

create table capital_links (
  id uuid primary key,
  parent_id uuid not null,
  child_id uuid not null,
  percentage numeric(5, 2),
  started_on date,
  ended_on date,
  source text not null,
  record_id uuid);
create index capital_links_by_parent on capital_links (parent_id);
create index capital_links_by_child on capital_links (child_id);

create table financial_years (
  account_id uuid not null,
  year int not null,
  turnover numeric(18, 2),
  net_result numeric(18, 2),
  source text not null,
  record_id uuid,
  primary key (account_id, year, source));

create table technographics (
  account_id uuid not null,
  id uuid not null,
  tool text not null,
  category text,
  seen_on date,
  source text not null,
  primary key (account_id, id));

create table contacts (
  id uuid primary key,
  name text not null,
  civility text,
  given_name text,
  family_name text,
  account_id uuid,
  company_name text,
  email text,
  emails text[] not null,
  phone text,
  mobile text,
  phones text[] not null,
  linked_in text,
  job_title text,
  department text,
  level text,
  in_post_since date,
  previous_positions jsonb not null default '[]',
  interests text[] not null default '{}',
  preferences jsonb not null default '{}',
  email_reach text not null,
  email_reach_reason text not null,
  phone_reach text not null,
  phone_reach_reason text not null,
  sources text[] not null,
  record_count int not null,
  quality int not null,
  origins jsonb not null,
  search text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1);
create index contacts_by_account on contacts (account_id);
create index contacts_by_name on contacts (name, id);
create index contacts_by_search on contacts using gin (search gin_trgm_ops);
create index contacts_by_email on contacts (email);
create index contacts_by_emails on contacts using gin (emails);
create index contacts_by_phones on contacts using gin (phones);

-- The part a contact plays at an account. Employment alone is the function 'Employee'.
create table roles (
  id uuid primary key,
  account_id uuid not null,
  contact_id uuid not null,
  function text not null,
  job_title text,
  product_id uuid,
  opportunity_id uuid,
  is_outsider boolean not null default false,
  started_on date,
  ended_on date,
  stance text,
  stance_on date,
  stance_source text,
  source text not null,
  record_id uuid,
  reason text not null);
create index roles_by_account on roles (account_id);
create index roles_by_contact on roles (contact_id);

create table relations (
  id uuid primary key,
  from_contact_id uuid not null,
  to_contact_id uuid not null,
  kind text not null,
  started_on date,
  ended_on date,
  source text not null,
  record_id uuid);
create index relations_by_from on relations (from_contact_id);
create index relations_by_to on relations (to_contact_id);

create table products (
  id uuid primary key,
  code text not null unique,
  label text not null,
  range text);

-- ------------------------------------------------------------------ facts, owned by an account
-- Keys begin with the account so that these tables can be partitioned, then distributed, by account.
-- id is the id of the record the fact was projected from: it never changes when the account does.
create table interactions (
  account_id uuid not null,
  id uuid not null,
  contact_id uuid,
  kind text not null,
  channel text not null,
  direction text not null,
  at timestamptz not null,
  subject text,
  text text,
  campaign text,
  details jsonb not null default '{}',
  source text not null,
  primary key (account_id, id));
create index interactions_by_time on interactions (account_id, at desc, id);
create index interactions_by_contact on interactions (contact_id, at desc);

create table documents (
  account_id uuid not null,
  id uuid not null,
  contact_id uuid,
  number text not null,
  type text not null,
  date date not null,
  due_on date,
  net numeric(18, 2) not null,
  tax numeric(18, 2),
  gross numeric(18, 2),
  currency text not null default 'EUR',
  paid boolean,
  source text not null,
  primary key (account_id, id));
create index documents_by_date on documents (account_id, date desc, id);
create index documents_by_number on documents (number);

create table document_lines (
  account_id uuid not null,
  document_id uuid not null,
  id uuid not null,
  place int not null,
  label text,
  product_id uuid,
  ledger_account text,
  quantity numeric(18, 3),
  net numeric(18, 2),
  debit numeric(18, 2),
  credit numeric(18, 2),
  source text not null,
  primary key (account_id, document_id, id));

create table opportunities (
  account_id uuid not null,
  id uuid not null,
  contact_id uuid,
  name text not null,
  stage text not null,
  stage_label text,
  amount numeric(18, 2),
  currency text not null default 'EUR',
  close_on date,
  source text not null,
  primary key (account_id, id));
create index opportunities_by_stage on opportunities (account_id, stage);

create table consents (
  contact_id uuid not null,
  id uuid not null,
  purpose text not null,
  channel text not null,
  state text not null,
  at timestamptz,
  proof text,
  source text not null,
  record_id uuid not null,
  primary key (contact_id, id));

-- ------------------------------------------------------------------ insight
create table account_metrics (
  account_id uuid primary key,
  revenue12m numeric(18, 2) not null,
  revenue_previous12m numeric(18, 2) not null,
  average_basket numeric(18, 2),
  order_count int not null,
  last_order_on date,
  overdue_amount numeric(18, 2) not null,
  overdue_count int not null,
  outstanding numeric(18, 2) not null,
  open_opportunities int not null,
  open_amount numeric(18, 2) not null,
  last_interaction_at timestamptz,
  last_interaction_channel text,
  engagement int not null,
  contact_count int not null,
  reachable_by_email int not null,
  computed_at timestamptz not null);
create index account_metrics_by_revenue on account_metrics (revenue12m desc, account_id);
create index account_metrics_by_interaction on account_metrics (last_interaction_at desc, account_id);
create index account_metrics_by_engagement on account_metrics (engagement desc, account_id);

-- ------------------------------------------------------------------ segments and activation
create table segments (
  id uuid primary key,
  name text not null,
  description text,
  target text not null,
  rule jsonb not null,
  version int not null default 1,
  is_frozen boolean not null default false,
  member_count int not null default 0,
  computed_at timestamptz,
  computed_in_ms int,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz);

create table segment_members (
  segment_id uuid not null,
  member_id uuid not null,
  entered_at timestamptz not null,
  exited_at timestamptz,
  primary key (segment_id, member_id, entered_at));
create unique index segment_members_inside on segment_members (segment_id, member_id) where exited_at is null;
create index segment_members_by_member on segment_members (member_id) where exited_at is null;

create table destinations (
  id uuid primary key,
  name text not null,
  kind text not null,
  settings jsonb not null,
  secret text,
  segment_id uuid references segments,
  state text not null,
  state_reason text,
  failures int not null default 0,
  paused_until timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  last_run_at timestamptz);

-- What a destination is known to hold of a profile: a push is the difference with it.
create table destination_profiles (
  destination_id uuid not null,
  profile_id uuid not null,
  content_hash bytea not null,
  remote_id text,
  sent_at timestamptz not null,
  primary key (destination_id, profile_id));

-- Changes to be told to the tools, written in the transaction that made them.
create table outbox (
  id uuid primary key,
  destination_id uuid not null,
  account_id uuid not null,
  profile_id uuid not null,
  change text not null,
  payload jsonb not null,
  content_hash bytea not null,
  status text not null,
  attempts int not null default 0,
  due_at timestamptz not null,
  created_at timestamptz not null,
  run_id uuid);
create index outbox_due on outbox (destination_id, due_at, id) where status = 'Waiting';

create table deliveries (
  account_id uuid not null,
  id uuid not null,
  destination_id uuid not null,
  run_id uuid not null,
  profile_id uuid not null,
  profile_name text not null,
  change text not null,
  status text not null,
  reason text,
  answer text,
  attempt int not null,
  payload jsonb,
  at timestamptz not null,
  primary key (account_id, id));
create index deliveries_by_run on deliveries (run_id, id);
create index deliveries_by_profile on deliveries (profile_id, at desc);
create index deliveries_by_destination on deliveries (destination_id, at desc);

-- ------------------------------------------------------------------ security
create table api_keys (
  id uuid primary key,
  name text not null,
  prefix text not null unique,
  hash bytea not null,
  scopes text[] not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz);

create table audit (
  id uuid primary key,
  at timestamptz not null,
  who text not null,
  action text not null,
  subject text,
  details jsonb not null default '{}');
create index audit_by_time on audit (at desc, id);

create table data_protection_keys (
  name text primary key,
  xml text not null,
  created_at timestamptz not null default now());

-- Facts about the hub itself: the one-time code of the first administrator, what the demo loaded.
create table hub_settings (
  name text primary key,
  value jsonb not null,
  updated_at timestamptz not null);
