using Npgsql;
using Rcu.Customers;

namespace Rcu.Insight;

/// <summary>
/// Whose figures must be computed: the accounts that changed since the last time, and all of them once a day, for time changes figures
/// too. Held as the temporary table <c>insight_due</c> of one connection; taken for good when the whole computation is committed.
/// </summary>
public sealed class InsightDue : IAsyncDisposable
{
    private const string Setting = "insight_day";

    // What is computed, or how, changed: the figures of another version are all computed again.
    private const int Version = 2;

    private const int Many = 20_000;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private InsightDue(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset now) =>
        (_connection, _transaction, Now) = (connection, transaction, now);

    /// <summary>The moment all figures are of.</summary>
    public DateTimeOffset Now { get; }

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>Whether every account is due, as on the first computation of a day.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>How many accounts are due.</summary>
    public long Count { get; private set; }

    public static async Task<InsightDue> TakeAsync(NpgsqlDataSource database, DateTimeOffset now, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        var due = new InsightDue(connection, await connection.BeginTransactionAsync(ct), now);
        try
        {
            await due.TakeAsync(ct);
        }
        catch
        {
            await due.DisposeAsync();
            throw;
        }

        return due;
    }

    /// <summary>A connection on which figures are only tried: nothing is due, and nothing of it stays.</summary>
    public static InsightDue Nothing(NpgsqlConnection connection, DateTimeOffset now) => new(connection, connection.BeginTransaction(), now);

    private string Mark => $"{Today:yyyy-MM-dd} v{Version}";

    /// <summary>Whether there are accounts whose figures this version of the program never computed.</summary>
    public static async Task<bool> IsOwedAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var ask = database.CreateCommand(
            "select exists (select from accounts) and not exists (select from hub_settings where name = $1 and value #>> '{}' like $2)");
        ask.Parameters.Add(new() { Value = Setting });
        ask.Parameters.Add(new() { Value = $"% v{Version}" });
        return (bool)(await ask.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Runs one statement on the connection that holds the table.</summary>
    /// <param name="sql">Text of our own, never of a person: values are parameters, in their order.</param>
    public async Task<int> ExecuteAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<T?> ScalarAsync<T>(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(ct) is T value ? value : default;
    }

    /// <summary>Lets the planner hear of figures that this computation wrote, when they are many: it has not yet, and would take them for few.</summary>
    public async Task AnalyzeAsync(CancellationToken ct)
    {
        if (Count >= Many)
        {
            await ExecuteAsync("select analyze_figures()", ct);
        }
    }

    public async Task CommitAsync(CancellationToken ct)
    {
        await ExecuteAsync(
            IsWhole ? "insert into segment_due (account_id) values ($1)" : "insert into segment_due (account_id) select account_id from insight_due where account_id <> $1", ct, Guid.Empty);
        await ExecuteAsync(
            """
            insert into hub_settings (name, value, updated_at) values ($1, to_jsonb($2::text), $3)
            on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at
            """,
            ct, Setting, Mark, Now);
        await _transaction.CommitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    internal NpgsqlCommand Command(string sql, params object[] values)
    {
#pragma warning disable CA2100 // our own text
        var command = new NpgsqlCommand(sql, _connection, _transaction) { CommandTimeout = 0 };
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private async Task TakeAsync(CancellationToken ct)
    {
        await ExecuteAsync("create temp table insight_due (account_id uuid primary key) on commit drop", ct);
        IsWhole = await ScalarAsync<bool>(
            "select not exists (select from hub_settings where name = $1 and value = to_jsonb($2::text))", ct, Setting, Mark);
        Count = await ExecuteAsync(
            """
            with taken as (delete from insight_changes returning account_id)
            insert into insight_due select distinct account_id from taken where account_id <> $1
            """,
            ct, Account.Unknown);
        if (IsWhole)
        {
            await ExecuteAsync("insert into insight_due select id from accounts on conflict do nothing", ct);
            await ExecuteAsync("insert into insight_due select account_id from account_metrics on conflict do nothing", ct);
            Count = await ScalarAsync<long>("select count(*) from insight_due", ct);
        }

        await ExecuteAsync("analyze insight_due", ct);
    }
}
