using System.Buffers.Binary;

namespace Rcu.Ingestion.Reading.Parquet;

/// <summary>
/// Reads a Parquet file through DuckDB, which is given a bounded memory, one thread, no network, and that one file.
/// </summary>
internal static class ParquetRows
{
    private const int LongestDescription = 16 * 1024 * 1024;

    private static readonly byte[] Mark = "PAR1"u8.ToArray();

    public static bool IsParquet(ReadOnlySpan<byte> head) => head.StartsWith(Mark) || head.StartsWith("PARE"u8);

    /// <summary>Why the file must not be opened, or null.</summary>
    public static async Task<Error?> RefusalAsync(Stream file, CancellationToken ct)
    {
        var head = new byte[4];
        var tail = new byte[8];
        if (file.Length < 12)
        {
            return ReadingErrors.Damaged("Parquet");
        }

        file.Position = 0;
        await file.ReadExactlyAsync(head, ct);
        file.Position = file.Length - tail.Length;
        await file.ReadExactlyAsync(tail, ct);
        file.Position = 0;
        var description = BinaryPrimitives.ReadInt32LittleEndian(tail);
        return !head.AsSpan().SequenceEqual(Mark) ? ReadingErrors.Encrypted
            : !tail.AsSpan(4).SequenceEqual(Mark) || description <= 0 || description > Math.Min(LongestDescription, file.Length - 12)
                ? ReadingErrors.Damaged("Parquet")
            : !DuckLibrary.IsPresent ? ReadingErrors.NoParquet(DuckLibrary.Command)
            : null;
    }

    public static IReadOnlyList<string> Columns(string path)
    {
        using var none = Query(path, "select * from", "limit 0");
        return ColumnNames.Of(none.Columns);
    }

    public static IEnumerable<ReadRow> Read(string path, IReadOnlyList<string> columns)
    {
        using var query = Query(path, "select columns(*)::varchar from", "");
        var line = 1L; // the names of the columns count for one, as in a table
        while (true)
        {
            var rows = Rows(query, out var damage);
            if (damage is not null)
            {
                yield return new ReadRow.Rejected(line + 1, RejectReason.Damaged(damage), null);
                yield break;
            }

            if (rows is null)
            {
                yield break;
            }

            foreach (var cells in rows)
            {
                List<string>? repaired = null;
                for (var i = 0; i < cells.Length; i++)
                {
                    cells[i] = SafeText.Of(cells[i] ?? "", out var replaced);
                    if (replaced)
                    {
                        (repaired ??= []).Add(columns[i]);
                    }
                }

                yield return new ReadRow.Kept(++line, new RowFields(columns, cells!), (IReadOnlyList<string>?)repaired ?? []);
            }
        }
    }

    private static List<string?[]>? Rows(DuckQuery query, out string? damage)
    {
        damage = null;
        try
        {
            return query.Next();
        }
        catch (InvalidDataException broken)
        {
            damage = broken.Message;
            return null;
        }
    }

    internal static DuckQuery Query(string path, string select, string end)
    {
        var file = path.Replace("'", "''", StringComparison.Ordinal);
        return DuckQuery.Run(
            [
                "set memory_limit = '200MB'",
                "set threads = 1",
                "set temp_directory = ''",
                "set autoinstall_known_extensions = false",
                "set autoload_known_extensions = false",
                $"set allowed_paths = ['{file}']",
                "set enable_external_access = false",
                "set lock_configuration = true",
            ],
            $"{select} read_parquet('{file}') {end}");
    }
}
