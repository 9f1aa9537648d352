using System.Globalization;
using System.Text;
using Rcu.Reference.Register;

namespace Rcu.Ingestion.Reading.Parquet;

/// <summary>A stock file of the register in Parquet, as Insee publishes it too: only the columns that are read are taken out of it.</summary>
public sealed class RegisterParquet : IRegisterRows, IDisposable
{
    private readonly DuckQuery _query;
    private readonly byte[][] _headers;
    private readonly DuckCells _cells = new();
    private readonly long _rows;
    private readonly long _bytes;
    private int _at = -1;

    private RegisterParquet(DuckQuery query, long rows, long bytes) =>
        (_query, _headers, _rows, _bytes) = (query, [.. query.Columns.Select(Encoding.UTF8.GetBytes)], Math.Max(1, rows), bytes);

    public long Row { get; private set; }

    public int Count => _headers.Length;

    /// <summary>As many bytes as the rows read so far stand for.</summary>
    public long BytesRead => (long)(Math.Max(0, Row - 1) / (double)_rows * _bytes);

    public ReadOnlySpan<byte> this[int field] => Row == 1 ? _headers[field] : _cells[_at, field];

    public static bool IsOne(Stream file)
    {
        Span<byte> head = stackalloc byte[4];
        var read = file.ReadAtLeast(head, 4, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 4 && ParquetRows.IsParquet(head);
    }

    /// <summary>Opens it; the source holds it, and lives as long.</summary>
    public static async Task<Result<RegisterSource>> OpenAsync(FileStream file, CancellationToken ct)
    {
        if (await ParquetRows.RefusalAsync(file, ct) is { } refusal)
        {
            return refusal;
        }

        try
        {
            var known = RegisterLayout.KnownColumns.ToHashSet();
            List<string> columns;
            using (var all = ParquetRows.Query(file.Name, "select * from", "limit 0"))
            {
                columns = [.. all.Columns.Where(known.Contains)];
            }

            if (columns.Count == 0)
            {
                return RegisterErrors.UnknownFile(Path.GetFileName(file.Name));
            }

            long rows;
            using (var count = ParquetRows.Query(file.Name, "select count(*)::varchar from", ""))
            {
                rows = long.Parse(count.Next()![0][0]!, CultureInfo.InvariantCulture);
            }

            var list = string.Join(", ", columns.Select(column => $"\"{column}\"::varchar as \"{column}\""));
            return new RegisterSource(Path.GetFileName(file.Name), file)
            {
                Rows = new RegisterParquet(ParquetRows.Query(file.Name, $"select {list} from", ""), rows, file.Length),
            };
        }
        catch (InvalidDataException broken)
        {
            return ReadingErrors.Damaged(broken.Message);
        }
    }

    public bool Read()
    {
        if (Row > 0 && ++_at >= _cells.Rows)
        {
            if (!_query.Next(_cells))
            {
                return false;
            }

            _at = 0;
        }

        Row++;
        return true;
    }

    public void Dispose() => _query.Dispose();
}
