-- What reports read: names that stay, whatever becomes of the tables. A column may be added at the end of a view; none is
-- renamed, none changes its type, none goes. A contact's address and numbers are not here, nor the sentences that may quote them:
-- counts do not need them.
create schema bi;

create view bi.accounts as
select a.id as account_id, a.name, a.siren, a.vat, a.legal_name, a.legal_form, a.naf, a.naf2025, a.headcount, a.headcount_band, a.size_class,
  a.founded_on, a.closed_on, a.type, a.blocked, a.address_postal_code as postal_code, a.address_city as city, a.address_department as department,
  a.address_region as region, a.address_country as country, a.customer_since, a.sources, a.record_count, a.created_at, a.updated_at
from accounts a;
comment on view bi.accounts is 'Comptes : une ligne par entreprise, telle que le référentiel la connaît.';

create view bi.account_figures as
select account_id, revenue12m, revenue_previous12m, average_basket, order_count, last_order_on, overdue_amount, overdue_count, outstanding,
  open_opportunities, open_amount, last_interaction_at, last_interaction_channel, engagement, contact_count, reachable_by_email, computed_at
from account_metrics;
comment on view bi.account_figures is 'Chiffres calculés par compte, en euros hors taxes pour les montants.';

create view bi.establishments as
select account_id, id as establishment_id, siret, name, is_head_office, state, closed_on, address_postal_code as postal_code, address_city as city,
  address_department as department, address_region as region, address_country as country
from establishments;
comment on view bi.establishments is 'Établissements (SIRET) des comptes.';

create view bi.contacts as
select id as contact_id, account_id, name, civility, job_title, department, level, in_post_since, email_reach, phone_reach, sources, record_count, created_at, updated_at
from contacts;
comment on view bi.contacts is 'Contacts, sans adresse ni numéro : par quels canaux chacun peut être joint.';

create view bi.roles as
select id as role_id, account_id, contact_id, function, job_title, product_id, opportunity_id, is_outsider, started_on, ended_on, stance, source
from roles;
comment on view bi.roles is 'Rôles : décideur, prescripteur, payeur, utilisateur… d’un contact auprès d’un compte.';

create view bi.consents as
select contact_id, id as consent_id, purpose, channel, state, at, source from consents;
comment on view bi.consents is 'Consentements et oppositions, tels que les sources les disent.';

create view bi.interactions as
select account_id, id as interaction_id, contact_id, kind, channel, direction, at, subject, campaign, source
from interactions where account_id <> '00000000-0000-7000-8000-000000000000';
comment on view bi.interactions is 'Interactions datées, sans leur texte.';

create view bi.documents as
select account_id, id as document_id, contact_id, number, type, date, due_on, net, tax, gross, currency, paid, source
from documents where account_id <> '00000000-0000-7000-8000-000000000000';
comment on view bi.documents is 'Devis, commandes, factures, avoirs.';

create view bi.document_lines as
select l.account_id, l.document_id, l.id as line_id, l.place, l.label, p.code as product_code, p.label as product, p.range, l.quantity, l.net, l.source
from document_lines l left join products p on p.id = l.product_id
where l.account_id <> '00000000-0000-7000-8000-000000000000';
comment on view bi.document_lines is 'Lignes des documents, avec leur produit et sa gamme.';

create view bi.opportunities as
select account_id, id as opportunity_id, contact_id, name, stage, stage_label, amount, currency, close_on, source
from opportunities where account_id <> '00000000-0000-7000-8000-000000000000';
comment on view bi.opportunities is 'Opportunités et leur étape.';

create view bi.segments as
select id as segment_id, name, description, target, is_frozen, member_count, computed_at, created_by, created_at, archived_at from segments;
comment on view bi.segments is 'Segments.';

create view bi.segment_stays as
select segment_id, member_id, entered_at, exited_at from segment_members;
comment on view bi.segment_stays is 'Séjours dans les segments : qui est entré, quand, et quand il est sorti.';

create view bi.deliveries as
select d.destination_id, t.name as destination, t.kind as tool, d.run_id, d.account_id, d.profile_id, d.change, d.status, d.attempt, d.at
from deliveries d left join destinations t on t.id = d.destination_id;
comment on view bi.deliveries is 'Envois aux outils, ligne à ligne ; la raison d’un refus se lit dans le journal de l’outil.';

create view bi.redirects as
select retired_id, kind, survivor_id, retired_at from redirects;
comment on view bi.redirects is 'Identifiants retirés par une fusion, et celui qui répond pour chacun.';

-- Who reads them is a member of this role; where the server lets nobody make roles, its administrator makes it.
do $do$
begin
  if not exists (select from pg_roles where rolname = 'rcu_bi') then
    create role rcu_bi nologin;
  end if;
exception when insufficient_privilege then
  raise notice 'The role rcu_bi is missing: create role rcu_bi nologin';
end $do$;

do $do$
begin
  if exists (select from pg_roles where rolname = 'rcu_bi') then
    execute format('grant connect on database %I to rcu_bi', current_database());
    grant usage on schema bi to rcu_bi;
    grant select on all tables in schema bi to rcu_bi;
    alter default privileges in schema bi grant select on tables to rcu_bi;
  end if;
end $do$;
