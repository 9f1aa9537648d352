using System.IO.Compression;

namespace Rcu.Ingestion.Reading;

/// <summary>
/// Looks into a workbook before any parser opens it. An archive of a few megabytes can inflate to gigabytes and take
/// the whole machine with it: sizes are read from its directory first, then counted while inflating, because a
/// directory can lie.
/// </summary>
internal static class WorkbookGuard
{
    private const int MostParts = 2_000;
    private const long MostBytes = 1_500_000_000;
    private const long MostSharedText = 150_000_000;
    private const int MostTimes = 100;
    private const long SmallEnough = 5_000_000;

    /// <summary>Why the workbook must not be opened, or null.</summary>
    public static async Task<Error?> RefusalAsync(Stream file, CancellationToken ct)
    {
        try
        {
            await using var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, null, ct);
            return Directory(archive) ?? await InflateAsync(archive, ct);
        }
        catch (InvalidDataException broken)
        {
            return ReadingErrors.Damaged(broken.Message);
        }
    }

    private static Error? Directory(ZipArchive archive)
    {
        if (archive.Entries.Count > MostParts)
        {
            return ReadingErrors.Bomb;
        }

        var total = 0L;
        foreach (var part in archive.Entries)
        {
            if (part.IsEncrypted)
            {
                return ReadingErrors.Encrypted;
            }

            if (part.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))
            {
                return ReadingErrors.Macros;
            }

            if (part.FullName.EndsWith("workbook.bin", StringComparison.OrdinalIgnoreCase))
            {
                return ReadingErrors.OldExcel;
            }

            total += part.Length;
            if (part.FullName.Split('/', '\\').Contains("..") || IsBomb(part, part.Length) || part.Length < 0)
            {
                return ReadingErrors.Bomb;
            }
        }

        return total > MostBytes ? ReadingErrors.TooLarge(MostBytes)
            : archive.GetEntry("xl/workbook.xml") is null ? ReadingErrors.NotAWorkbook
            : null;
    }

    private static async Task<Error?> InflateAsync(ZipArchive archive, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        var total = 0L;
        foreach (var part in archive.Entries)
        {
            await using var content = await part.OpenAsync(ct);
            var length = 0L;
            int read;
            while ((read = await content.ReadAsync(buffer, ct)) > 0)
            {
                length += read;
                total += read;
                if (length > part.Length || total > MostBytes || IsBomb(part, length))
                {
                    return ReadingErrors.Bomb;
                }
            }
        }

        return null;
    }

    private static bool IsBomb(ZipArchiveEntry part, long length) =>
        (length > SmallEnough && length > MostTimes * part.CompressedLength)
        || (length > MostSharedText && part.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase));
}
