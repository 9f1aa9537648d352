using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Rcu.Data;
using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion;

/// <summary>Some rows of a file on their way to the database, good ones and bad ones apart.</summary>
/// <param name="leftOut">Lines that a person left out when the file was checked.</param>
internal sealed class StagedBatch(Guid runId, long place, IReadOnlySet<long> leftOut)
{
    private readonly List<Staged> _staged = [];
    private readonly List<(long Line, RejectReason Reason, string? Raw)> _rejects = [];

    /// <summary>How many rows of the file were read so far, since its beginning.</summary>
    public long Place { get; private set; } = place;

    public int Size => _staged.Count + _rejects.Count;

    public int Rejected => _rejects.Count;

    /// <summary>In how many cells of the batch characters were replaced, and how many stood beyond the header.</summary>
    public (int Repaired, int Beyond) Told { get; private set; }

    public void Add(ReadRow row, FeedRows feeds)
    {
        Place++;
        Told = row is ReadRow.Kept told ? (Told.Repaired + told.Repaired.Count, Told.Beyond + told.Beyond.Count) : Told;
        switch (row)
        {
            case ReadRow.Kept kept when leftOut.Contains(row.Line):
                _rejects.Add((row.Line, RejectReason.LeftOut, Encoding.UTF8.GetString(kept.Fields.ToJson())));
                break;
            case ReadRow.Kept kept when feeds.Take(kept.Fields, out var reason) is { } taken:
                _staged.Add(new Staged(Place, row.Line, taken.Feed, taken.Key, kept.Fields.ToJson(), kept.Fields.ContentHash()));
                break;
            case ReadRow.Kept kept:
                feeds.Take(kept.Fields, out var why);
                _rejects.Add((row.Line, why!, Encoding.UTF8.GetString(kept.Fields.ToJson())));
                break;
            case ReadRow.Rejected bad:
                _rejects.Add((row.Line, bad.Reason, bad.Fields is { } cells ? Encoding.UTF8.GetString(cells.ToJson()) : bad.Raw is null ? null : JsonSerializer.Serialize(bad.Raw)));
                break;
            default:
                throw new InvalidOperationException($"A row is neither kept nor rejected: {row}.");
        }
    }

    /// <summary>Writes the batch in the current transaction and empties it.</summary>
    public async Task WriteAsync(RcuDb db, CancellationToken ct)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        if (_staged.Count > 0)
        {
            await using var copy = await connection.BeginBinaryImportAsync(
                "copy staged_records (run_id, place, line, feed_id, kind, external_key, payload, content_hash) from stdin (format binary)", ct);
            foreach (var row in _staged)
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(runId, NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(row.Place, NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync(row.Line, NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync(row.Feed.Id, NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(row.Feed.Kind.ToString(), NpgsqlDbType.Text, ct);
                await copy.WriteAsync(row.Key, NpgsqlDbType.Text, ct);
                await copy.WriteAsync(row.Payload, NpgsqlDbType.Jsonb, ct);
                await copy.WriteAsync(row.ContentHash, NpgsqlDbType.Bytea, ct);
            }

            await copy.CompleteAsync(ct);
        }

        if (_rejects.Count > 0)
        {
            await WriteRejectsAsync(connection, ct);
        }

        _staged.Clear();
        _rejects.Clear();
        Told = default;
    }

    private async Task WriteRejectsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy rejects (id, run_id, line, column_name, value, code, reason, raw) from stdin (format binary)", ct);
        foreach (var (line, reason, raw) in _rejects)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(runId, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(line, NpgsqlDbType.Bigint, ct);
            await WriteTextAsync(copy, reason.Column, NpgsqlDbType.Text, ct);
            await WriteTextAsync(copy, reason.Value, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(reason.Code, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(reason.Message, NpgsqlDbType.Text, ct);
            await WriteTextAsync(copy, raw, NpgsqlDbType.Jsonb, ct);
        }

        await copy.CompleteAsync(ct);
    }

    private static Task WriteTextAsync(NpgsqlBinaryImporter copy, string? text, NpgsqlDbType type, CancellationToken ct) =>
        text is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(text, type, ct);

    private sealed record Staged(long Place, long Line, Feed Feed, string Key, byte[] Payload, byte[] ContentHash);
}
