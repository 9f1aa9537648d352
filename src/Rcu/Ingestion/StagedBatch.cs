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
/// <param name="cleaner">Tells what Cleaning would make of a row; null when it is to see it later.</param>
/// <param name="known">What the source said already; null when rows are written without asking.</param>
internal sealed class StagedBatch(Guid runId, long place, IReadOnlySet<long> leftOut, RowCleaner? cleaner = null, KnownContent? known = null)
{
    private readonly List<Staged> _staged = [];
    private readonly List<(long Line, RejectReason Reason, string? Raw)> _rejects = [];

    /// <summary>How many rows of the file were read so far, since its beginning.</summary>
    public long Place { get; private set; } = place;

    public int Size => _staged.Count + _rejects.Count;

    public int Rejected => _rejects.Count;

    /// <summary>The records that rows set aside speak of.</summary>
    public List<PresentKey> Present { get; } = [];

    /// <summary>How many rows were set aside of which nobody can tell whom they speak of.</summary>
    public int Unread { get; private set; }

    /// <summary>In how many cells of the batch characters were replaced, and how many stood beyond the header.</summary>
    public (int Repaired, int Beyond) Told { get; private set; }

    public void Add(ReadRow row, FeedRows feeds) => Add(row, Look(row, Place + 1, feeds));

    /// <summary>Adds many rows at once, on every core.</summary>
    public void AddAll(IReadOnlyList<ReadRow> rows, FeedRows feeds, CancellationToken ct)
    {
        var first = Place + 1;
        foreach (var (row, looked) in rows.AsParallel().AsOrdered().WithCancellation(ct).Select((row, i) => (row, Look(row, first + i, feeds))).ToList())
        {
            Add(row, looked);
        }
    }

    /// <summary>Writes the batch in the current transaction and empties it.</summary>
    public async Task WriteAsync(RcuDb db, CancellationToken ct)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        if (_staged.Count > 0)
        {
            await WriteRowsAsync(connection, ct);
        }

        if (_rejects.Count > 0)
        {
            await WriteRejectsAsync(connection, ct);
        }

        _staged.Clear();
        _rejects.Clear();
        Told = default;
    }

    private void Add(ReadRow row, Looked looked)
    {
        Place++;
        Told = row is ReadRow.Kept told ? (Told.Repaired + told.Repaired.Count, Told.Beyond + told.Beyond.Count) : Told;
        if (looked.Staged is { } staged)
        {
            _staged.Add(staged);
        }
        else
        {
            _rejects.Add(looked.Reject!.Value);
            Note(row, looked);
        }
    }

    private void Note(ReadRow row, Looked looked)
    {
        if (looked.Present is { } present)
        {
            Present.Add(present);
        }
        else if (!looked.Reject!.Value.Reason.IsNoRecord)
        {
            Unread++;
        }
    }

    private Looked Look(ReadRow row, long at, FeedRows feeds) => row switch
    {
        ReadRow.Kept kept when leftOut.Contains(row.Line) => Refused(kept, RejectReason.LeftOut, feeds),
        ReadRow.Kept kept => feeds.Take(kept.Fields, out var reason) is { } taken ? Look(kept, at, taken.Feed, taken.Key, feeds) : Refused(kept, reason!, feeds),
        ReadRow.Gone gone => feeds.Find(gone.Fields, out var unknown) is { } spoken
            ? new Looked(new Staged(at, row.Line, spoken.Feed, spoken.Key, gone.Fields.ToJson(), gone.Fields.GoneHash(), null) { Gone = true })
            : new Looked(null, (row.Line, unknown!, Text(gone.Fields))),
        ReadRow.Rejected bad => new Looked(
            null,
            (bad.Line, bad.Reason, bad.Fields is { } cells ? Text(cells) : bad.Raw is null ? null : JsonSerializer.Serialize(bad.Raw)),
            feeds.Spoken(bad)),
        _ => throw new InvalidOperationException($"A row is neither kept nor rejected: {row}."),
    };

    private Looked Look(ReadRow.Kept row, long at, Feed feed, string key, FeedRows feeds)
    {
        var hash = row.Fields.ContentHash();
        if (known?.Contains(hash) is true)
        {
            return new Looked(new Staged(at, row.Line, feed, key, null, hash, null));
        }

        // Numbers are written otherwise by the database: what is no text is cleaned as it will be read there.
        var clean = row.Fields.IsText ? cleaner?.Clean(feed, row.Fields) : null;
        return clean?.Refused is { } why
            ? Refused(row, why, feeds)
            : new Looked(new Staged(at, row.Line, feed, key, row.Fields.ToJson(), hash, clean));
    }

    private static Looked Refused(ReadRow.Kept row, RejectReason why, FeedRows feeds) =>
        new(null, (row.Line, why, Text(row.Fields)), feeds.Spoken(row));

    private static string Text(RowFields cells) => Encoding.UTF8.GetString(cells.ToJson());

    private async Task WriteRowsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy staged_records (run_id, place, line, feed_id, kind, external_key, payload, content_hash, gone, fields, issues, stamp, rules_version)
            from stdin (format binary)
            """,
            ct);
        foreach (var row in _staged)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(runId, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(row.Place, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(row.Line, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(row.Feed.Id, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(row.Feed.Kind.ToString(), NpgsqlDbType.Text, ct);
            await copy.WriteAsync(row.Key, NpgsqlDbType.Text, ct);
            await WriteJsonAsync(copy, row.Payload, ct);
            await copy.WriteAsync(row.ContentHash, NpgsqlDbType.Bytea, ct);
            await copy.WriteAsync(row.Gone, NpgsqlDbType.Boolean, ct);
            await WriteJsonAsync(copy, row.Clean?.Fields, ct);
            await WriteJsonAsync(copy, row.Clean?.Issues, ct);
            if (row.Clean is null)
            {
                await copy.WriteNullAsync(ct);
                await copy.WriteNullAsync(ct);
            }
            else
            {
                await copy.WriteAsync(cleaner!.Stamp, NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync(cleaner.Version, NpgsqlDbType.Integer, ct);
            }
        }

        await copy.CompleteAsync(ct);
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

    private static Task WriteJsonAsync(NpgsqlBinaryImporter copy, byte[]? json, CancellationToken ct) =>
        json is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(json, NpgsqlDbType.Jsonb, ct);

    // Without a payload: for all we know the source has said it already.
    private sealed record Staged(long Place, long Line, Feed Feed, string Key, byte[]? Payload, byte[] ContentHash, CleanRow? Clean)
    {
        public bool Gone { get; init; }
    }

    private readonly record struct Looked(Staged? Staged, (long Line, RejectReason Reason, string? Raw)? Reject = null, PresentKey? Present = null);
}
