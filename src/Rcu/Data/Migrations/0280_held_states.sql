-- States of the lifecycle that a rule of the plan sets: held for some days against what the score says, but not against a purchase.
create table lead_holds (
  account_id uuid primary key,
  state text not null,
  rule int not null,
  until timestamptz not null);
