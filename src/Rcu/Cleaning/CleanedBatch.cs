using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Rcu.Cleaning;

/// <summary>
/// Writes what was made of some records, and their issues, in one transaction. A record whose source said something new
/// meanwhile is left for the next batch.
/// </summary>
internal sealed class CleanedBatch
{
    // Accents stay readable for whoever looks at the database.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly NpgsqlConnection _connection;

    private CleanedBatch(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Makes, once for all batches, the tables of this connection in which they arrive.</summary>
    public static async Task<CleanedBatch> OpenAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var batch = new CleanedBatch(connection);
        await batch.ExecuteAsync(
            """
            create temp table if not exists cleaned (id uuid, source_record_id uuid, fields jsonb) on commit delete rows;
            create temp table if not exists found
              (record_id uuid, field text, code text, value text, severity text, message text) on commit delete rows;
            """,
            ct);
        return batch;
    }

    public async Task WriteAsync(IReadOnlyList<Row> rows, CancellationToken ct)
    {
        await using var transaction = await _connection.BeginTransactionAsync(ct);
        await CopyRecordsAsync(rows, ct);
        await CopyIssuesAsync(rows, ct);

        // How many rows there are, so that a few are looked up among many records rather than all records read.
        await ExecuteAsync("analyze cleaned (id); analyze found (record_id)", ct);
        await ExecuteAsync(
            $"""
            update records r
            set fields = c.fields, cleaned_at = clock_timestamp(), rules_version = {RecordCleaner.RulesVersion}
            from cleaned c
            where r.id = c.id and r.source_record_id = c.source_record_id;
            delete from cleaned c
            where not exists (select from records r where r.id = c.id and r.source_record_id = c.source_record_id);
            delete from issues i using cleaned c where i.record_id = c.id;
            insert into issues (record_id, field, code, value, severity, message)
            select f.record_id, f.field, f.code, f.value, f.severity, f.message from found f join cleaned c on c.id = f.record_id;
            """,
            ct);
        await transaction.CommitAsync(ct);
    }

    private async Task CopyRecordsAsync(IReadOnlyList<Row> rows, CancellationToken ct)
    {
        await using var copy = await _connection.BeginBinaryImportAsync("copy cleaned from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(row.Id, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(row.SourceRecordId, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(JsonSerializer.Serialize(row.Cleaned.Fields, Readable), NpgsqlDbType.Jsonb, ct);
        }

        await copy.CompleteAsync(ct);
    }

    private async Task CopyIssuesAsync(IReadOnlyList<Row> rows, CancellationToken ct)
    {
        await using var copy = await _connection.BeginBinaryImportAsync("copy found from stdin (format binary)", ct);
        foreach (var (id, issue) in rows.SelectMany(row => row.Cleaned.Issues.Select(issue => (row.Id, issue))))
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(id, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(issue.Field, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(issue.Code, NpgsqlDbType.Text, ct);
            if (issue.Value is null)
            {
                await copy.WriteNullAsync(ct);
            }
            else
            {
                await copy.WriteAsync(issue.Value, NpgsqlDbType.Text, ct);
            }

            await copy.WriteAsync(issue.Severity.ToString(), NpgsqlDbType.Text, ct);
            await copy.WriteAsync(issue.Message, NpgsqlDbType.Text, ct);
        }

        await copy.CompleteAsync(ct);
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>One record, the version of its source that was read, and what was made of it.</summary>
    internal sealed record Row(Guid Id, Guid SourceRecordId, CleanedRecord Cleaned);
}
