namespace Rcu.Benchmarks.Pages;

/// <summary>What pages read beside: capital, turnover told, tools, remarks of cleaning, tasks, tags, visits, deliveries. Made of the rows that are there.</summary>
internal static class BaseExtras
{
    /// <summary><c>{group}</c> is the account of 5,000 establishments.</summary>
    public static readonly IReadOnlyList<string> Statements =
    [
        // The group's own sixty daughters, then one account in thirty belongs to a group of eight.
        """
        insert into capital_links (id, parent_id, child_id, percentage, started_on, source)
        select md5('group' || id)::uuid, '{group}', id, 51 + n % 50, date '2019-01-01', 'crm'
        from (select id, row_number() over (order by id) as n from accounts where id <> '{group}' order by id limit 60) as daughters
        """,
        """
        with held as materialized (select id, row_number() over (order by id) as n from accounts where get_byte(uuid_send(id), 14) < 9)
        insert into capital_links (id, parent_id, child_id, percentage, started_on, source)
        select md5('capital' || child.id)::uuid, parent.id, child.id, 34 + get_byte(uuid_send(child.id), 15) % 66, date '2021-01-01', 'crm'
        from held child join held parent on parent.n = case child.n % 8 when 7 then child.n - 1 else child.n - child.n % 8 end
        where child.n > 8 and child.n % 8 > 0
        """,
        """
        insert into financial_years (account_id, year, turnover, net_result, source)
        select id, year, 1000 * (50 + get_byte(uuid_send(id), 13) * 40), 1000 * get_byte(uuid_send(id), 12), 'crm'
        from accounts, generate_series(2023, 2025) year where get_byte(uuid_send(id), 15) < 50
        """,
        """
        insert into technographics (account_id, id, tool, category, seen_on, source)
        select id, md5('tool' || id)::uuid, (array['Sage', 'Salesforce', 'Odoo', 'Cegid'])[1 + get_byte(uuid_send(id), 15) % 4], 'erp', date '2026-01-15', 'web'
        from accounts where get_byte(uuid_send(id), 14) < 26
        """,
        """
        insert into issues (record_id, field, code, value, severity, message)
        select id, 'phone', 'phone.unreadable', fields ->> 'phone', 'Warning', 'Le téléphone n''a pas le bon nombre de chiffres.'
        from records where kind = 'Account' and get_byte(uuid_send(id), 15) < 26
        union all
        select id, 'siret', 'siret.checksum', fields ->> 'siren', 'Error', 'Le SIRET ne passe pas le contrôle.'
        from records where kind = 'Account' and get_byte(uuid_send(id), 14) < 8
        """,
        """
        insert into redirects (retired_id, kind, survivor_id, record_ids, retired_at)
        select md5('retired' || id)::uuid, 'Account', id, '{}', updated_at from accounts where get_byte(uuid_send(id), 14) < 8
        """,
        """
        insert into account_tasks (id, account_id, title, assignee, due_on, done_at, done_by, created_by, created_at, updated_at)
        select md5('task' || id)::uuid, id, 'Rappeler', 'commercial' || 1 + get_byte(uuid_send(id), 15) % 40 || '@bench.example', date '2026-11-01' + get_byte(uuid_send(id), 13),
          case when get_byte(uuid_send(id), 13) < 128 then updated_at end, case when get_byte(uuid_send(id), 13) < 128 then 'bench' end, 'bench', updated_at, updated_at
        from accounts where get_byte(uuid_send(id), 14) < 12
        """,
        """
        insert into account_tags (account_id, tag, tagged_by, tagged_at)
        select id, (array['stratégique', 'à visiter', 'salon 2026', 'export'])[1 + get_byte(uuid_send(id), 15) % 4], 'bench', updated_at
        from accounts where get_byte(uuid_send(id), 14) < 26
        """,
        """
        insert into account_follows (follower, account_id, since)
        select 'commercial' || 1 + get_byte(uuid_send(id), 15) % 40 || '@bench.example', id, updated_at from accounts where get_byte(uuid_send(id), 14) between 30 and 42
        """,
        """
        insert into relations (id, from_contact_id, to_contact_id, kind, started_on, source)
        select md5('relation' || id)::uuid, id, lag(id, 3) over (order by account_id, id), 'reports_to', date '2024-01-01', 'crm'
        from contacts where get_byte(uuid_send(id), 15) < 26 order by account_id, id offset 3
        """,
        """
        insert into runs (id, stage, subject, label, status, requested_by, queued_at, started_at, ended_at, done)
        select md5('run' || n)::uuid, 'Ingestion', (select id from sources order by name limit 1), 'crm_accounts_' || n || '.csv', 'Succeeded', 'bench',
          timestamptz '2026-10-31 18:00Z' - n * interval '1 hour', timestamptz '2026-10-31 18:00Z' - n * interval '1 hour', timestamptz '2026-10-31 18:01Z' - n * interval '1 hour', 1000
        from generate_series(1, 400) n
        """,
        """
        insert into rejects (id, run_id, line, column_name, value, code, reason)
        select md5('reject' || r.id || n)::uuid, r.id, n, 'SIRET', '123', 'siret.length', 'Un SIRET a quatorze chiffres.' from (select id from runs order by queued_at desc limit 40) r, generate_series(1, 50) n
        """,
        """
        insert into destinations (id, name, kind, settings, state, created_by, created_at)
        values ('00000000-0000-7000-8000-0000000000d1', 'Fichier du lundi', 'csv', '{}', 'Healthy', 'bench', timestamptz '2026-10-01 08:00Z')
        """,
        """
        insert into deliveries (account_id, id, destination_id, run_id, profile_id, profile_name, change, status, attempt, at)
        select id, md5('delivery' || id)::uuid, '00000000-0000-7000-8000-0000000000d1', '00000000-0000-7000-8000-0000000000d2', id, name, 'Upsert', 'Delivered', 1, updated_at
        from accounts where get_byte(uuid_send(id), 14) < 50
        """,
    ];
}
