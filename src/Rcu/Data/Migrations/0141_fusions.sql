-- The history of what was joined and parted is read by time, the newest first.
create index redirects_by_time on redirects (retired_at desc, retired_id desc);
create index decisions_by_time on decisions (decided_at desc, id desc);
create index decisions_by_return on decisions (revoked_at desc, id desc) where revoked_at is not null;
