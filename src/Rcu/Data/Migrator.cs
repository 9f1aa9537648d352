using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Npgsql;

namespace Rcu.Data;

/// <summary>
/// Brings a database up to date: runs, once each and in order, the scripts of <c>Data/Migrations</c> it has not
/// seen, under the schema's owner, and lets the role the program runs under read and write the rows.
/// </summary>
public static class Migrator
{
    // Those of Identity and Quartz are filled from the web project, by the same owner.
    private static readonly string[] Schemas = ["public", "identity", "quartz"];

    /// <param name="owner">Where to connect as the owner.</param>
    /// <param name="appRole">Who the program runs as; scripts name it <c>current_setting('rcu.app_role')</c>.</param>
    /// <returns>The scripts that ran.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(string owner, string appRole, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner) { Pooling = false });
        await using var connection = await database.OpenConnectionAsync(ct);
        await LockAsync(connection, ct);
        await PrepareAsync(connection, appRole, ct);

        List<string> ran = [];
        foreach (var (name, script) in Scripts())
        {
            if (!await IsAppliedAsync(connection, name, ct))
            {
                await ApplyAsync(connection, name, script, ct);
                ran.Add(name);
            }
        }

        return ran;
    }

    // One process migrates, the others wait: by asking again, since a session that waits inside a query would hold
    // up the "concurrently" of the one that works. Closing the connection frees it.
    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var take = new NpgsqlCommand("select pg_try_advisory_lock(20260101)", connection);
        while (await take.ExecuteScalarAsync(ct) is not true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
        }
    }

    // Rights come before tables, as defaults: a script that takes one back is not undone by the next start.
    private static async Task PrepareAsync(NpgsqlConnection connection, string appRole, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await SetAsync(connection, "rcu.app_role", appRole, ct);
        foreach (var schema in Schemas)
        {
            await ExecuteAsync(
                connection,
                $"""
                do $do$
                declare app text := current_setting('rcu.app_role');
                begin
                  if not exists (select from pg_namespace where nspname = '{schema}') then
                    create schema {schema};
                  end if;
                  -- The first time this role is seen.
                  if has_schema_privilege(app, '{schema}', 'usage') and exists (
                      select from pg_default_acl
                      where defaclnamespace = '{schema}'::regnamespace and defaclacl::text like '%' || app || '=%') then
                    return;
                  end if;
                  execute format('grant usage on schema {schema} to %I', app);
                  execute format('grant select, insert, update, delete on all tables in schema {schema} to %I', app);
                  execute format('grant usage, select on all sequences in schema {schema} to %I', app);
                  execute format('alter default privileges in schema {schema} grant select, insert, update, delete on tables to %I', app);
                  execute format('alter default privileges in schema {schema} grant usage, select on sequences to %I', app);
                end $do$
                """,
                ct);
        }

        await ExecuteAsync(
            connection, "create table if not exists migration (name text primary key, applied_at timestamptz not null default now())", ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, string name, string script, CancellationToken ct)
    {
        // What cannot run inside a transaction ("create index concurrently") has a file of its own, one statement
        // a paragraph, each safe to run again: a file cut half way starts over.
        if (script.StartsWith("-- no transaction", StringComparison.Ordinal))
        {
            foreach (var statement in script.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
            {
                await ExecuteAsync(connection, statement, ct);
            }

            await MarkAsync(connection, name, ct);
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, script, ct);
        await MarkAsync(connection, name, ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task<bool> IsAppliedAsync(NpgsqlConnection connection, string name, CancellationToken ct)
    {
        await using var seen = new NpgsqlCommand("select exists (select from migration where name = $1)", connection)
        {
            Parameters = { new() { Value = name } },
        };
        return await seen.ExecuteScalarAsync(ct) is true;
    }

    private static async Task MarkAsync(NpgsqlConnection connection, string name, CancellationToken ct)
    {
        await using var mark = new NpgsqlCommand("insert into migration (name) values ($1)", connection)
        {
            Parameters = { new() { Value = name } },
        };
        await mark.ExecuteNonQueryAsync(ct);
    }

    private static async Task SetAsync(NpgsqlConnection connection, string setting, string value, CancellationToken ct)
    {
        await using var set = new NpgsqlCommand("select set_config($1, $2, false)", connection)
        {
            Parameters = { new() { Value = setting }, new() { Value = value } },
        };
        await set.ExecuteNonQueryAsync(ct);
    }

    [SuppressMessage("Security", "CA2100", Justification = "The scripts are our own, embedded in the program.")]
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    // "Rcu.Data.Migrations.0001_init.sql" is known as "0001_init".
    private static IEnumerable<(string Name, string Script)> Scripts()
    {
        const string prefix = "Rcu.Data.Migrations.";
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[prefix.Length..^".sql".Length], reader.ReadToEnd());
        }
    }
}
