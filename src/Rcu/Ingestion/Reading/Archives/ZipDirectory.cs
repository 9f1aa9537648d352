using System.Buffers.Binary;

namespace Rcu.Ingestion.Reading.Archives;

/// <summary>The end of an archive, read before any library loads its directory, which may have been made endless.</summary>
internal static class ZipDirectory
{
    // Some thousand parts of a workbook have names of some hundred characters.
    private const long MostBytes = 2_000_000;

    private const int EndLength = 22;
    private const int LongestComment = 65_535;

    /// <summary>Whether the directory is small enough to be loaded. One that cannot be found is for the library to refuse.</summary>
    public static async Task<bool> FitsAsync(Stream file, CancellationToken ct)
    {
        var tail = new byte[Math.Min(file.Length, EndLength + LongestComment + 20)];
        file.Position = file.Length - tail.Length;
        await file.ReadExactlyAsync(tail, ct);
        file.Position = 0;
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || end + EndLength > tail.Length)
        {
            return true;
        }

        var start = (long)BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (start == uint.MaxValue)
        {
            // The offset stands in a record for large archives, whose place is told just before.
            var locator = tail.AsSpan(0, end).LastIndexOf("PK\x06\x07"u8);
            return locator >= 0 && locator + 16 <= end
                && await LargeFitsAsync(file, BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(locator + 8)), file.Length - tail.Length + end, ct);
        }

        return file.Length - tail.Length + end - start <= MostBytes;
    }

    private static async Task<bool> LargeFitsAsync(Stream file, long record, long end, CancellationToken ct)
    {
        var bytes = new byte[56];
        if (record < 0 || record > file.Length - bytes.Length)
        {
            return false;
        }

        file.Position = record;
        await file.ReadExactlyAsync(bytes, ct);
        file.Position = 0;
        var start = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(48));
        return start >= 0 && end - start <= MostBytes;
    }
}
