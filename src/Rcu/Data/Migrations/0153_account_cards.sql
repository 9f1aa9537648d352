-- Cards of accounts shown in other programs: whoever has the signed address reads the card, until its day or its revocation.
create table account_cards (
  id uuid primary key,
  account_id uuid not null,
  made_by text not null,
  sealed_secret text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by text,
  read_at timestamptz);
create index account_cards_by_account on account_cards (account_id) where revoked_at is null;
