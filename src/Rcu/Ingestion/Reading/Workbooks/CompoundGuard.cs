using System.Buffers.Binary;
using System.Text;

namespace Rcu.Ingestion.Reading.Workbooks;

/// <summary>
/// Looks into the envelope of an old Excel file before any parser opens it: a chain of sectors that turns in circles,
/// a password, macros, or another document that took its name.
/// </summary>
internal static class CompoundGuard
{
    private const uint EndOfChain = 0xFFFFFFFE;
    private const uint LastSector = 0xFFFFFFF0;
    private const int HeaderLength = 512;
    private const int EntryLength = 128;
    private const long MostBytes = 100_000_000;

    /// <summary>Why the file must not be opened, or null.</summary>
    public static async Task<Error?> RefusalAsync(Stream file, CancellationToken ct)
    {
        if (file.Length > MostBytes)
        {
            return ReadingErrors.TooLarge(MostBytes);
        }

        var bytes = new byte[file.Length];
        file.Position = 0;
        await file.ReadExactlyAsync(bytes, ct);
        file.Position = 0;
        return Names(bytes) is not { } names ? ReadingErrors.Damaged("la table des secteurs ne se lit pas")
            : names.Contains("EncryptedPackage") ? ReadingErrors.Encrypted
            : names.Any(name => name is "_VBA_PROJECT_CUR" or "VBA" or "_VBA_PROJECT") ? ReadingErrors.Macros
            : !names.Contains("Workbook") && !names.Contains("Book") ? ReadingErrors.NotAWorkbook
            : null;
    }

    // The names of what the envelope holds; null when it is malformed.
    private static List<string>? Names(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
        {
            return null;
        }

        var shift = BinaryPrimitives.ReadUInt16LittleEndian(bytes[30..]);
        if (shift is not (9 or 12) || Sectors(bytes, 1 << shift) is not { } table || !HasSectors(table, U32(bytes, 48), 1, 1 << shift))
        {
            return null;
        }

        var names = new List<string>();
        foreach (var sector in Chain(table, U32(bytes, 48)))
        {
            for (var at = HeaderOf(sector, shift); at + EntryLength <= Math.Min(bytes.Length, HeaderOf(sector + 1, shift)); at += EntryLength)
            {
                var entry = bytes.Slice((int)at, EntryLength);
                var length = Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]) - 2, 0, 62);
                names.Add(Encoding.Unicode.GetString(entry[..length]));
                var size = U32(entry, 120);
                if (entry[66] is 2 && size >= 4096 && !HasSectors(table, U32(entry, 116), size, 1 << shift))
                {
                    return null;
                }
            }
        }

        return names.Count == 0 ? null : names;
    }

    private static long HeaderOf(long sector, int shift) => (sector + 1) << shift;

    // The table that says which sector follows which.
    private static uint[]? Sectors(ReadOnlySpan<byte> bytes, int size)
    {
        var places = new List<uint>();
        for (var i = 0; i < 109; i++)
        {
            places.Add(U32(bytes, 76 + 4 * i));
        }

        var most = bytes.Length / size + 1;
        var next = U32(bytes, 68);
        for (var seen = 0; next < LastSector; seen++)
        {
            var at = ((long)next + 1) * size;
            if (seen > most || at + size > bytes.Length)
            {
                return null;
            }

            for (var i = 0; i < size / 4 - 1; i++)
            {
                places.Add(U32(bytes, (int)at + 4 * i));
            }

            next = U32(bytes, (int)at + size - 4);
        }

        var table = new List<uint>();
        foreach (var place in places.Where(place => place < LastSector))
        {
            var at = ((long)place + 1) * size;
            if (at + size > bytes.Length || table.Count > most + size)
            {
                return null;
            }

            for (var i = 0; i < size / 4; i++)
            {
                table.Add(U32(bytes, (int)at + 4 * i));
            }
        }

        return [.. table];
    }

    private static IEnumerable<uint> Chain(uint[] table, uint first)
    {
        for (var (sector, steps) = (first, 0); sector < table.Length && steps <= table.Length; sector = table[sector], steps++)
        {
            yield return sector;
        }
    }

    private static bool HasSectors(uint[] table, uint first, uint size, int sectorSize)
    {
        var (sector, needed, steps) = (first, (size + (long)sectorSize - 1) / sectorSize, 0L);
        while (sector != EndOfChain)
        {
            if (sector >= table.Length || ++steps > table.Length)
            {
                return false;
            }

            sector = table[sector];
        }

        return steps >= needed;
    }

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
