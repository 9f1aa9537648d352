-- A contact who has a company has an account, whoever said so; an address that mail comes back from is no address.
delete from score_told t using contacts c where t.source = '' and t.field = 'account' and c.id = t.id and c.account_id is null;

insert into score_told (id, source, field, at, disputed, records)
select b.id, '', 'account', null, false, '{}'
from score_batch b
join contacts c on c.id = b.id and c.account_id is not null
where not exists (select from score_told t where t.id = b.id and t.source = '' and t.field = 'account');

insert into score_flaws (id, source, field, penalty)
select b.id, '', 'email', 1 from score_batch b join contacts c on c.id = b.id and c.email_reach = 'Invalid' and c.email is not null
