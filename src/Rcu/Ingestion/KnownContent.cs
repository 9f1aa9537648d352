using System.Buffers.Binary;
using Npgsql;

namespace Rcu.Ingestion;

/// <summary>
/// What a source has said already, eight bytes a record: a row found here need not be cleaned or written again. It is a guess, that
/// promotion checks; asked for only once a file has shown that it is worth the reading.
/// </summary>
internal sealed class KnownContent(NpgsqlDataSource database, Guid source, Guid run)
{
    // How many records are read per row seen so far, how much longer the file must be before it is asked again, and how many
    // records fit in 80 MB.
    private const long Worth = 40;
    private const long Patience = 8;
    private const long Most = 10_000_000;

    private ulong[] _hashes = [];
    private long _askedAgainAt;
    private bool _given;

    public bool Contains(byte[] contentHash) => Array.BinarySearch(_hashes, Short(contentHash)) >= 0;

    /// <param name="rows">How many rows of the file were read.</param>
    public async Task LearnAsync(long rows, CancellationToken ct)
    {
        if (_given || rows < _askedAgainAt)
        {
            return;
        }

        var most = Math.Min(Most, rows * Worth);
        var hashes = await ReadAsync(most, ct);
        _given = hashes is not null || most == Most;
        _askedAgainAt = rows * Patience;
        _hashes = hashes ?? _hashes;
    }

    // Null when there are more than that.
    private async Task<ulong[]?> ReadAsync(long most, CancellationToken ct)
    {
        await using var count = database.CreateCommand("select count(*) from (select from records where source_id = $1 and removed_at is null limit $2) r");
        count.Parameters.Add(new() { Value = source });
        count.Parameters.Add(new() { Value = most + 1 });
        if ((long)(await count.ExecuteScalarAsync(ct))! is var records && records > most)
        {
            return null;
        }

        await using var read = database.CreateCommand(
            $"select substr(content_hash, 1, 8) from records where source_id = $1 and removed_at is null and run_id <> all ({Promotion.RemappedRuns}) limit $3");
        read.CommandTimeout = 0;
        read.Parameters.Add(new() { Value = source });
        read.Parameters.Add(new() { Value = run });
        read.Parameters.Add(new() { Value = records });
        await using var rows = await read.ExecuteReaderAsync(ct);
        var (hashes, found, hash) = (new ulong[records], 0, new byte[sizeof(ulong)]);
        while (await rows.ReadAsync(ct))
        {
            rows.GetBytes(0, 0, hash, 0, hash.Length);
            hashes[found++] = BinaryPrimitives.ReadUInt64BigEndian(hash);
        }

        Array.Resize(ref hashes, found);
        Array.Sort(hashes);
        return hashes;
    }

    private static ulong Short(byte[] contentHash) => BinaryPrimitives.ReadUInt64BigEndian(contentHash);
}
