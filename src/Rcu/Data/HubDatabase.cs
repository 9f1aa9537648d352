using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Rcu.Data;

/// <summary>
/// One hub's database and the two roles it is used under: <paramref name="Owner"/> makes and changes the schema,
/// <paramref name="App"/>, under which the program runs, only reads and writes rows.
/// </summary>
/// <param name="Owner">The connection string to migrate with.</param>
/// <param name="App">The connection string to run with.</param>
public sealed record HubDatabase(string Owner, string App)
{
    public const string OwnerRole = "rcu_owner";
    public const string AppRole = "rcu_app";

    /// <summary>Who may read the views of the schema <c>bi</c>, and nothing else: reporting tools are made members of it.</summary>
    public const string ReportsRole = "rcu_bi";

    /// <summary>Makes the roles and the database that are missing, and says how to reach them.</summary>
    /// <param name="administrator">A connection that may create roles and databases.</param>
    /// <param name="template">The database to copy, which nobody may be using. Null: a new one.</param>
    public static async Task<HubDatabase> CreateAsync(
        string administrator, string name, string? template, CancellationToken ct)
    {
        // Of its own, not of a pool: a pooled connection keeps the lock after it is closed, until someone takes it again.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(administrator) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        // Two processes that change the same role at once stumble on each other. Closing the connection frees it.
        await ExecuteAsync(connection, "select pg_advisory_lock(20260104)", ct);
        if (!await IsThereAsync(connection, "select from pg_database where datname = $1", name, ct))
        {
            await EnsureRoleAsync(connection, OwnerRole, PasswordOf(administrator, OwnerRole), ct);
            await EnsureRoleAsync(connection, AppRole, PasswordOf(administrator, AppRole), ct);
            await EnsureReportsRoleAsync(connection, ct);
            await ExecuteAsync(connection, $"grant {OwnerRole} to current_user", ct);
            var copy = (template, connection.PostgreSqlVersion.Major) switch
            {
                (null, _) => "",
                (_, < 15) => $"template {Quoted(template)}",
                _ => $"template {Quoted(template)} strategy wal_log",
            };
            await ExecuteAsync(connection, $"create database {Quoted(name)} owner {OwnerRole} {copy}", ct);
            await ExecuteAsync(connection, $"revoke all on database {Quoted(name)} from public", ct);
            await ExecuteAsync(connection, $"grant connect, temporary on database {Quoted(name)} to {AppRole}", ct);
        }

        return On(administrator, name);
    }

    /// <summary>How to reach a database that <see cref="CreateAsync"/> has made on this server.</summary>
    public static HubDatabase On(string administrator, string name) =>
        new(For(administrator, name, OwnerRole).ConnectionString, For(administrator, name, AppRole).ConnectionString);

    /// <summary>Removes a database, whoever is using it.</summary>
    public static async Task DropAsync(string administrator, string name, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(administrator);
        await connection.OpenAsync(ct);
        await ExecuteAsync(connection, $"drop database if exists {Quoted(name)} with (force)", ct);
    }

    private static NpgsqlConnectionStringBuilder For(string administrator, string name, string role) =>
        new(administrator) { Database = name, Username = role, Password = PasswordOf(administrator, role) };

    // Always the same for one server, so that each process finds it again and none has to keep it. A server that
    // asks the administrator for no password (trust, certificates) is left to ask none of the roles.
    private static string? PasswordOf(string administrator, string role) =>
        new NpgsqlConnectionStringBuilder(administrator).Password is { Length: > 0 } key
            ? Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(role)))
            : null;

    private static async Task EnsureReportsRoleAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (!await IsThereAsync(connection, "select from pg_roles where rolname = $1", ReportsRole, ct))
        {
            try
            {
                await ExecuteAsync(connection, $"create role {ReportsRole} nologin", ct);
            }
            catch (PostgresException raced) when (raced.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
            {
                // Another process has just made it.
            }
        }
    }

    private static async Task EnsureRoleAsync(NpgsqlConnection connection, string role, string? password, CancellationToken ct)
    {
        var verb = await IsThereAsync(connection, "select from pg_roles where rolname = $1", role, ct) ? "alter" : "create";
        try
        {
            await ExecuteAsync(
                connection,
                $"{verb} role {role} login nosuperuser nocreatedb nocreaterole password {(password is null ? "null" : $"'{password}'")}",
                ct);
        }
        catch (PostgresException raced) when (raced.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
        {
            // Another process has just made it, with the same password.
        }
    }

    private static async Task<bool> IsThereAsync(NpgsqlConnection connection, string sql, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select exists ({sql})", connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(ct) is true;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Names are quoted and passwords are hexadecimal: none comes from a request.")]
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
