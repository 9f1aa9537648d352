using Npgsql;
using Rcu.Data;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Data;

/// <summary>What reports are built on: names and types that stay, for a role that reads nothing else.</summary>
public class BiViewsTests
{
    /// <summary>Who changes a line of this breaks somebody's report: a new column goes at the end of its view, and here.</summary>
    private const string Contract =
        """
        account_figures: account_id uuid, revenue12m numeric, revenue_previous12m numeric, average_basket numeric, order_count integer, last_order_on date, overdue_amount numeric, overdue_count integer, outstanding numeric, open_opportunities integer, open_amount numeric, last_interaction_at timestamptz, last_interaction_channel text, engagement integer, contact_count integer, reachable_by_email integer, computed_at timestamptz
        accounts: account_id uuid, name text, siren text, vat text, legal_name text, legal_form text, naf text, naf2025 text, headcount integer, headcount_band text, size_class text, founded_on date, closed_on date, type text, blocked boolean, postal_code text, city text, department text, region text, country text, customer_since date, sources text[], record_count integer, created_at timestamptz, updated_at timestamptz
        consents: contact_id uuid, consent_id uuid, purpose text, channel text, state text, at timestamptz, source text
        contacts: contact_id uuid, account_id uuid, name text, civility text, job_title text, department text, level text, in_post_since date, email_reach text, phone_reach text, sources text[], record_count integer, created_at timestamptz, updated_at timestamptz
        deliveries: destination_id uuid, destination text, tool text, run_id uuid, account_id uuid, profile_id uuid, change text, status text, attempt integer, at timestamptz
        document_lines: account_id uuid, document_id uuid, line_id uuid, place integer, label text, product_code text, product text, range text, quantity numeric, net numeric, source text
        documents: account_id uuid, document_id uuid, contact_id uuid, number text, type text, date date, due_on date, net numeric, tax numeric, gross numeric, currency text, paid boolean, source text
        establishments: account_id uuid, establishment_id uuid, siret text, name text, is_head_office boolean, state text, closed_on date, postal_code text, city text, department text, region text, country text
        interactions: account_id uuid, interaction_id uuid, contact_id uuid, kind text, channel text, direction text, at timestamptz, subject text, campaign text, source text
        opportunities: account_id uuid, opportunity_id uuid, contact_id uuid, name text, stage text, stage_label text, amount numeric, currency text, close_on date, source text
        redirects: retired_id uuid, kind text, survivor_id uuid, retired_at timestamptz
        roles: role_id uuid, account_id uuid, contact_id uuid, function text, job_title text, product_id uuid, opportunity_id uuid, is_outsider boolean, started_on date, ended_on date, stance text, source text
        segment_stays: segment_id uuid, member_id uuid, entered_at timestamptz, exited_at timestamptz
        segments: segment_id uuid, name text, description text, target text, is_frozen boolean, member_count integer, computed_at timestamptz, created_by text, created_at timestamptz, archived_at timestamptz
        """;

    [Fact]
    public async Task The_views_keep_their_names_and_types()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var hub = NpgsqlDataSource.Create(database.Owner);

        var views = await hub.ListTextAsync(
            """
            select c.table_name || ': ' || string_agg(c.column_name || ' ' || case c.udt_name when '_text' then 'text[]' when 'timestamptz' then 'timestamptz' else c.data_type end, ', ' order by c.ordinal_position)
            from information_schema.columns c where c.table_schema = 'bi' group by c.table_name order by c.table_name collate "C"
            """);
        var untold = await hub.ListTextAsync("select relname::text from pg_class where relnamespace = 'bi'::regnamespace and relkind = 'v' and obj_description(oid) is null");

        Assert.Equal(Contract.Split('\n', StringSplitOptions.TrimEntries), views);
        Assert.Empty(untold);
    }

    [Fact]
    public async Task Their_reader_reads_them_and_nothing_else()
    {
        await using var database = await TestDatabase.CreateAsync();
        await SampleCustomers.AddToAsync(database.App);
        await using var hub = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(await TestServer.AdministratorAsync()) { Database = new NpgsqlConnectionStringBuilder(database.App).Database, Pooling = false }.ConnectionString);
        await using var connection = await hub.OpenConnectionAsync();
        await RunAsync($"set role {HubDatabase.ReportsRole}");

        foreach (var view in Contract.Split('\n', StringSplitOptions.TrimEntries).Select(line => line.Split(':')[0]))
        {
            await RunAsync($"select * from bi.{view}");
        }

        Assert.True((long)(await RunAsync("select count(*) from bi.accounts"))! > 0);
        Assert.True((long)(await RunAsync("select count(*) from bi.contacts"))! > 0);
        foreach (var (act, state) in new[]
        {
            ("select * from accounts", PostgresErrorCodes.InsufficientPrivilege),
            ("select email from contacts", PostgresErrorCodes.InsufficientPrivilege),
            ("update bi.accounts set name = 'x'", PostgresErrorCodes.InsufficientPrivilege),
            ("create table t (a int)", PostgresErrorCodes.InsufficientPrivilege),
        })
        {
            Assert.Equal(state, (await Assert.ThrowsAsync<PostgresException>(() => RunAsync(act))).SqlState);
        }

        async Task<object?> RunAsync(string sql)
        {
#pragma warning disable CA2100 // constant text of this test
            await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
            return await command.ExecuteScalarAsync();
        }
    }
}
