-- What rules of segments look at besides the tables: who a tool holds, what was bought, and who shares a group.
create view segment_presences as
select profile_id, destination_id, false as is_refused from destination_profiles
union
select o.profile_id, o.destination_id, true from outbox o where o.status = 'Dead';

create view bought_products as
select l.account_id, l.id, d.contact_id, d.type, d.date, p.code, p.label, p.range, l.quantity, l.net
from document_lines l
join documents d on d.account_id = l.account_id and d.id = l.document_id
join products p on p.id = l.product_id;

-- A group is whoever hangs together by links in force, other than the account itself.
create view group_members as
with recursive
living as (select parent_id, child_id from capital_links where ended_on is null or ended_on > current_date),
near as (select parent_id as one, child_id as other from living union select child_id, parent_id from living),
reached (account_id, member_id) as (
  select one, other from near
  union
  select r.account_id, n.other from reached r join near n on n.one = r.member_id)
select account_id, member_id from reached where account_id <> member_id;

create index if not exists destination_profiles_by_profile on destination_profiles (profile_id);
