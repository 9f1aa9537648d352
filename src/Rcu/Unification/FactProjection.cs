using System.Reflection;
using Npgsql;
using NpgsqlTypes;

namespace Rcu.Unification;

/// <summary>
/// Projects interactions, documents, opportunities from their records onto the account (and contact) in force, and moves them
/// when a merge or an unmerge changed it: one delete-and-insert statement per kind, over what changed since the last time.
/// </summary>
internal sealed class FactProjection(NpgsqlDataSource database, TimeProvider clock)
{
    private const string TypedScript = "Interactions";

    // In this order: a ledger line looks for the document it books.
    private static readonly string[] Scripts = [TypedScript, "Notes", "Documents", "LedgerDocuments", "DocumentLines", "Opportunities", "Removed", "Places"];

    public async Task RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var began = clock.GetUtcNow();
        var seen = await SeenAsync(connection, ct);
        foreach (var script in Scripts)
        {
            await ProjectAsync(connection, script, null, ct);
        }

        await using var mark = new NpgsqlCommand(
            """
            insert into hub_settings (name, value, updated_at) values ('projected_at', to_jsonb($2::timestamptz), $1)
            on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at
            """,
            connection)
        { Parameters = { new() { Value = began }, new() { Value = seen } } };
        await mark.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>One interaction at once: what a person has just typed must not wait for the next pipeline.</summary>
    public async Task InteractionAsync(Guid record, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await ProjectAsync(connection, TypedScript, record, ct);
    }

    // Up to when all is seen: what a transaction still at work stamped before now shows only once it has ended.
    private static async Task<DateTime> SeenAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var ask = new NpgsqlCommand(
            "select least(now(), (select min(xact_start) from pg_stat_activity where datname = current_database()))", connection);
        return (DateTime)(await ask.ExecuteScalarAsync(ct))!;
    }

    private static async Task ProjectAsync(NpgsqlConnection connection, string script, Guid? record, CancellationToken ct)
    {
#pragma warning disable CA2100 // our own embedded scripts
        await using var project = new NpgsqlCommand(Text(script), connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        project.Parameters.Add(new() { Value = Customers.Account.Unknown });
        if (script == TypedScript)
        {
            project.Parameters.Add(new() { Value = (object?)record ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        }

        await project.ExecuteNonQueryAsync(ct);
    }

    private static string Text(string script)
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream($"Rcu.Unification.Facts.{script}.sql")!);
        return reader.ReadToEnd();
    }
}
