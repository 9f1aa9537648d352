-- Rules that stewards write without code: every version there was, the last one of each number is in force.
create table steward_rules (
  number int not null,
  version int not null,
  name text not null,
  kind text not null,
  condition jsonb,
  claim jsonb not null,
  effect text not null,
  message text not null,
  state text not null,
  set_by text not null,
  set_at timestamptz not null,
  primary key (number, version));

-- Up to which version the records that were there already have been looked at.
create table steward_rule_looks (
  number int primary key,
  version int not null,
  looked_at timestamptz not null);
