-- The SIREN each clean record of an account bore when the register was last asked of it: what changed since is all that is asked anew.
create table register_bearers (
  record_id uuid primary key,
  siren text collate "C" not null);
create index register_bearers_by_siren on register_bearers (siren);
