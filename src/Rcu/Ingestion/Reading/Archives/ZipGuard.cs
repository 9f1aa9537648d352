using System.IO.Compression;

namespace Rcu.Ingestion.Reading.Archives;

/// <summary>
/// What is looked at in any archive before a parser opens it. One of a few megabytes can inflate to gigabytes and take
/// the whole machine with it: sizes are read from its directory first, then counted while inflating, because a
/// directory can lie.
/// </summary>
internal static class ZipGuard
{
    private const int MostParts = 2_000;
    private const long MostBytes = 1_500_000_000;
    private const int MostTimes = 100;
    private const long SmallEnough = 5_000_000;
    private const int SymbolicLink = 0xA000;

    /// <summary>Why the archive must not be opened, from its directory alone; or null.</summary>
    public static Error? Refusal(ZipArchive archive, long length)
    {
        if (archive.Entries.Count > MostParts)
        {
            return ReadingErrors.Bomb;
        }

        var (total, packed) = (0L, 0L);
        foreach (var part in archive.Entries)
        {
            if (part.IsEncrypted)
            {
                return ReadingErrors.Encrypted;
            }

            total += part.Length;
            packed += part.CompressedLength;
            if (part.Length < 0 || part.CompressedLength < 0 || IsBomb(part, part.Length))
            {
                return ReadingErrors.Bomb;
            }

            if (GoesOut(part.FullName) || ((part.ExternalAttributes >> 16) & 0xF000) == SymbolicLink)
            {
                return ReadingErrors.PathInArchive;
            }
        }

        return total > MostBytes ? ReadingErrors.TooLarge(MostBytes)
            : packed > length ? ReadingErrors.Bomb // the same bytes serve several times
            : null;
    }

    /// <summary>Inflates one part to a stream, or to nowhere, counting. Why it must not be read, or null.</summary>
    public static async Task<Error?> InflateAsync(ZipArchiveEntry part, Stream? to, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        await using var content = await part.OpenAsync(ct);
        var (length, sum) = (0L, new Checksum());
        int read;
        while ((read = await content.ReadAsync(buffer, ct)) > 0)
        {
            length += read;
            if (length > part.Length || IsBomb(part, length))
            {
                return ReadingErrors.Bomb;
            }

            sum.Add(buffer.AsSpan(0, read));
            if (to is not null)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }

        return length < part.Length || sum.Value != part.Crc32 ? ReadingErrors.Damaged(part.FullName) : null;
    }

    private static bool GoesOut(string name) =>
        name.StartsWith('/') || name.Contains(':', StringComparison.Ordinal) || name.Split('/', '\\').Contains("..");

    private static bool IsBomb(ZipArchiveEntry part, long length) => length > SmallEnough && length > MostTimes * part.CompressedLength;
}
