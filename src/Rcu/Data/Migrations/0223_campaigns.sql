-- What marketing spends and when: interactions name a campaign, its cost makes its return a computed figure.
create table campaigns (
  id uuid primary key,
  name text not null,
  channel text not null,
  starts_on date not null,
  ends_on date,
  cost numeric(18, 2) not null,
  goal text,
  version int not null,
  set_by text not null,
  set_at timestamptz not null);
create unique index campaigns_by_name on campaigns (lower(name));
create index interactions_by_campaign on interactions (lower(campaign), at) where campaign is not null;
