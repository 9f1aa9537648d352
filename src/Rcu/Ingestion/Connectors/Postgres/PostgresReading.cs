using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;
using Npgsql;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion.Connectors.Postgres;

/// <summary>One reading of a PostgreSQL: a connection and a transaction that may only read, and the columns there are.</summary>
[SuppressMessage("Security", "CA2100", Justification = "Names are quoted; the query is an administrator's own, run where nothing can be written.")]
internal sealed class PostgresReading : IAsyncDisposable
{
    private readonly PostgresSourceSettings _settings;
    private readonly NpgsqlConnection _connection;
    private readonly Dictionary<string, string> _types = [];
    private readonly List<string> _columns = [];

    private PostgresReading(PostgresSourceSettings settings, NpgsqlConnection connection) => (_settings, _connection) = (settings, connection);

    private string Relation => _settings.Query is { Length: > 0 } query
        ? $"({query.Trim().TrimEnd(';')}\n)"
        : string.Join('.', _settings.Table!.Split('.').Select(Quoted));

    // The order of the rows: it must tell each from all others.
    private List<string> Order => _settings.Watermark is { Length: > 0 } watermark ? [watermark, .. _settings.Keys.Where(k => k != watermark)] : [.. _settings.Keys];

    public static async Task<PostgresReading> OpenAsync(PostgresSourceSettings settings, IPAddress address, string? secret, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = $"{address}",
            Port = settings.Port,
            Database = settings.Database,
            Username = settings.User,
            Password = secret,
            SslMode = settings.Tls ? SslMode.Require : SslMode.Prefer,
            Timeout = 10,
            CommandTimeout = 150,
            Pooling = false,
            ApplicationName = "rcu",
            Options = "-c default_transaction_read_only=on -c statement_timeout=120000 -c timezone=UTC -c datestyle=ISO",
        }.ConnectionString)
        {
            // Servers that share an address are told apart by the name that is asked for.
            SslClientAuthenticationOptionsCallback = tls => tls.TargetHost = IPAddress.TryParse(settings.Host, out _) ? "" : settings.Host,
        };
        var reading = new PostgresReading(settings, connection);
        try
        {
            await connection.OpenAsync(ct);
            await using var begin = new NpgsqlCommand("begin transaction isolation level repeatable read, read only", connection);
            await begin.ExecuteNonQueryAsync(ct);
            await using var look = new NpgsqlCommand($"select q.* from {reading.Relation} q limit 0", connection);
            await using var none = await look.ExecuteReaderAsync(ct);
            for (var i = 0; i < none.FieldCount; i++)
            {
                reading._columns.Add(none.GetName(i));
                reading._types[none.GetName(i)] = none.GetDataTypeName(i);
            }

            return reading;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the settings or the mapping name and is not there, in French; null when all is.</summary>
    public string? Lack(IReadOnlyList<Feed> feeds) =>
        Order.Find(column => !_types.ContainsKey(column)) is { } missing ? $"la colonne « {missing} » n’existe pas ; il y a : {string.Join(", ", _columns)}."
        : feeds.SelectMany(feed => feed.KeyColumns).FirstOrDefault(key => !_columns.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } key
            ? $"la colonne « {key} », clé des enregistrements, n’existe pas ; il y a : {string.Join(", ", _columns)}."
        : null;

    /// <summary>What would be read, in French.</summary>
    public async Task<string> TellAsync(CancellationToken ct)
    {
        var unread = string.Join(" or ", Order.Select(column => $"q.{Quoted(column)} is null"));
        await using var look = new NpgsqlCommand($"select exists (select from {Relation} q where {unread})", _connection);
        var some = await look.ExecuteScalarAsync(ct) is true;
        return $"{_columns.Count} colonnes lues."
            + (some ? $" Attention : des lignes n’ont pas de valeur dans {string.Join(" ou ", Order)}, elles ne seront jamais lues." : "");
    }

    public async Task<PullAnswer> PageAsync(string? cursor, CancellationToken ct)
    {
        var at = cursor is null ? null : JsonSerializer.Deserialize<PostgresCursor>(cursor);
        await using var select = new NpgsqlCommand(
            $"select {string.Join(", ", _columns.Select(c => $"q.{Quoted(c)}::text"))} from {Relation} q where {After(at)} "
            + $"order by {string.Join(", ", Order.Select(c => $"q.{Quoted(c)}"))} limit {PullJob.PageSize}",
            _connection);
        foreach (var value in at is null ? [] : at.Ended ? at.After.Take(1) : at.After)
        {
            select.Parameters.Add(new() { Value = value });
        }

        var (rows, last) = (new List<ReadRow>(), at?.After);
        await using var reader = await select.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var cells = new string[_columns.Count];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = reader.IsDBNull(i) ? "" : SafeText.Of(reader.GetString(i), out _);
            }

            rows.Add(Row(rows.Count + 1, cells));
            last = [.. Order.Select(column => cells[_columns.IndexOf(column)])];
        }

        // Without a watermark, the next reading is of the whole again.
        var ended = rows.Count < PullJob.PageSize;
        var next = last is null || (ended && _settings.Watermark is not { Length: > 0 }) ? null : JsonSerializer.Serialize(new PostgresCursor(last, ended));
        var whole = _settings.Watermark is not { Length: > 0 };
        return new PullAnswer.Page(rows, next, !ended, _columns) { Begins = whole && at is null, Ends = whole && ended };
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private ReadRow Row(long line, string[] cells)
    {
        var fields = new RowFields(_columns, cells) { IsBesides = CopyToolColumns.Is };
        var deleted = _columns.Zip(cells).FirstOrDefault(cell => CopyToolColumns.SaysDeleted(cell.First, cell.Second)).First;
        return deleted is null
            ? new ReadRow.Kept(line, fields, [])
            : new ReadRow.Gone(line, fields);
    }

    // A reading that begins goes back a little: a row may have been committed late, under an instant already passed.
    private string After(PostgresCursor? at)
    {
        if (at is null)
        {
            return string.Join(" and ", Order.Select(column => $"q.{Quoted(column)} is not null"));
        }

        if (!at.Ended)
        {
            return $"({string.Join(", ", Order.Select(c => $"q.{Quoted(c)}"))}) > ({string.Join(", ", Order.Select((c, i) => $"${i + 1}::text::{_types[c]}"))})";
        }

        var watermark = Order[0];
        var back = _types[watermark].StartsWith("timestamp", StringComparison.Ordinal) ? $" - interval '{_settings.OverlapMinutes} minutes'" : "";
        return $"q.{Quoted(watermark)} >= $1::text::{_types[watermark]}{back}";
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The last row read, by its order; and whether the reading had come to its end.</summary>
    private sealed record PostgresCursor(IReadOnlyList<string> After, bool Ended);
}
