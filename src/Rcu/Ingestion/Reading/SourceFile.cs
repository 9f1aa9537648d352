using System.Runtime.CompilerServices;
using Rcu.Ingestion.Reading.Archives;
using Rcu.Ingestion.Reading.Guesses;
using Rcu.Ingestion.Reading.Invoices;
using Rcu.Ingestion.Reading.Json;
using Rcu.Ingestion.Reading.Parquet;
using Rcu.Ingestion.Reading.Workbooks;

namespace Rcu.Ingestion.Reading;

/// <summary>
/// A file received from a source, whatever its format: opened, recognised, guarded, and read row by row in a memory
/// that does not grow with it.
/// </summary>
public sealed class SourceFile
{
    /// <summary>More columns than any honest export has.</summary>
    public const int MostColumns = 1_000;

    private readonly FileContent _content;
    private FileStream? _read;

    private SourceFile(FileContent content, string name, FileFormat format, IReadOnlyList<string> columns) =>
        (_content, Name, Format, Columns) = (content, name, format, columns);

    /// <summary>The name its sender gave it, or that it has in the archive it came in.</summary>
    public string Name { get; }

    public FileFormat Format { get; }

    /// <summary>The names of its columns; empty for events, which each name their own.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <param name="path">Where the hub keeps the bytes.</param>
    /// <param name="name">What the sender called it.</param>
    /// <param name="correct">What is declared of the file, put in the place of what its bytes and name say. Null: nothing is.</param>
    public static async Task<Result<SourceFile>> OpenAsync(
        string path, string name, Func<FileFormat, FileFormat>? correct, CancellationToken ct)
    {
        var unpacked = await Archive.OpenAsync(path, ct);
        if (unpacked.Error is { } unreadable)
        {
            return unreadable;
        }

        var content = unpacked.Value!;
        name = content.Entry is { } entry ? Path.GetFileName(entry) : name;
        await using var file = await content.OpenAsync(ct);
        if (file.Length == 0)
        {
            return ReadingErrors.Empty;
        }

        var looked = await FileGuard.LookAsync(file, ct);
        if (looked.Error is { } refusal)
        {
            return refusal;
        }

        file.Position = 0;
        var seen = looked.Value!.Tell(await FormatDetector.DetectAsync(file, name, ct));
        var format = (correct?.Invoke(seen) ?? seen).Settled(seen);
        return format.Kind switch
        {
            FileKind.Xlsx or FileKind.Xls => await WorkbookAsync(content, name, format, ct),
            FileKind.Ndjson or FileKind.Json => await EventsAsync(content, name, format, ct),
            FileKind.Parquet => await ParquetAsync(content, name, format, ct),
            FileKind.Invoice => await InvoiceAsync(content, name, format, ct),
            FileKind.Csv or FileKind.Fec => await TableAsync(content, name, format, ct),
            _ => throw new ArgumentOutOfRangeException(nameof(correct)),
        };
    }

    /// <param name="after">How many rows, good and bad, were already dealt with: they are passed over.</param>
    public async IAsyncEnumerable<ReadRow> ReadAsync(long after, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in AllAsync(ct))
        {
            if (after > 0)
            {
                after--;
            }
            else
            {
                yield return row;
            }
        }
    }

    /// <summary>How many rows the file holds, judged by how much of it the first ones took; null when its format does not tell.</summary>
    public long? RowsAfter(long place) => _read is { CanRead: true, Position: > 0 } file ? (long)(place * (double)file.Length / file.Position) : null;

    private static async Task<Result<SourceFile>> TableAsync(FileContent content, string name, FileFormat format, CancellationToken ct)
    {
        using var rows = new CsvRows(Text(await content.OpenAsync(ct), format), format);
        return !await rows.ReadHeaderAsync(ct) ? ReadingErrors.NoHeader
            : rows.Columns.Count > MostColumns ? ReadingErrors.TooManyColumns(rows.Columns.Count, MostColumns)
            : new SourceFile(content, name, await ToldAsync(rows.ReadAsync(ct), Ledger(format, name, rows.Columns), ct), rows.Columns);
    }

    private static FileFormat Ledger(FileFormat format, string name, IReadOnlyList<string> columns) =>
        format.Kind is FileKind.Fec ? LedgerColumns.Tell(format, name, columns) : format;

    private static async Task<Result<SourceFile>> InvoiceAsync(FileContent content, string name, FileFormat format, CancellationToken ct)
    {
        await using var file = await content.OpenAsync(ct);
        return file.Length > InvoiceRows.LongestInvoice ? ReadingErrors.TooLarge(InvoiceRows.LongestInvoice)
            : InvoiceRows.Read(file).Error is { } refusal ? refusal
            : new SourceFile(content, name, format, InvoiceRows.Columns);
    }

    private static async Task<Result<SourceFile>> ParquetAsync(FileContent content, string name, FileFormat format, CancellationToken ct)
    {
        await using var file = await content.OpenAsync(ct);
        try
        {
            var columns = ParquetRows.Columns(file.Name);
            return columns.Count > MostColumns ? ReadingErrors.TooManyColumns(columns.Count, MostColumns)
                : new SourceFile(content, name, await ToldAsync(ParquetRows.Read(file.Name, columns).ToAsyncEnumerable(), format, ct), columns);
        }
        catch (InvalidDataException broken)
        {
            return ReadingErrors.Damaged(broken.Message);
        }
    }

    private static async Task<SourceFile> EventsAsync(FileContent content, string name, FileFormat format, CancellationToken ct)
    {
        var file = new SourceFile(content, name, format, []);
        return new SourceFile(content, name, await ToldAsync(file.ReadAsync(0, ct), format, ct), []);
    }

    private static async Task<FileFormat> ToldAsync(IAsyncEnumerable<ReadRow> rows, FileFormat format, CancellationToken ct)
    {
        var guess = new ContentGuess();
        await foreach (var row in rows.Take(ContentGuess.Rows).WithCancellation(ct))
        {
            guess.Add(row);
        }

        return guess.Tell(format);
    }

    private static async Task<Result<SourceFile>> WorkbookAsync(FileContent content, string name, FileFormat format, CancellationToken ct)
    {
        try
        {
            using var rows = new WorkbookRows(await content.OpenAsync(ct), format);
            if (!rows.ReadHeader())
            {
                return ReadingErrors.NoSheet;
            }

            format = format with { Sheet = rows.Sheet, HeaderRow = rows.HeaderRow };
            return rows.Columns.Count > MostColumns
                ? ReadingErrors.TooManyColumns(rows.Columns.Count, MostColumns)
                : new SourceFile(content, name, await ToldAsync(rows.Read().ToAsyncEnumerable(), format, ct), rows.Columns);
        }
        catch (ExcelDataReader.Exceptions.InvalidPasswordException)
        {
            return ReadingErrors.Encrypted;
        }
        catch (Exception broken) when (WorkbookRows.IsDamage(broken))
        {
            return ReadingErrors.Damaged(broken.Message);
        }
    }

    private static StreamReader Text(FileStream file, FileFormat format) =>
        new(file, EncodingGuess.Exact(format.Encoding), detectEncodingFromByteOrderMarks: false, 64 * 1024);

    private async IAsyncEnumerable<ReadRow> AllAsync([EnumeratorCancellation] CancellationToken ct)
    {
        switch (Format.Kind)
        {
            case FileKind.Xlsx or FileKind.Xls:
                using (var rows = new WorkbookRows(await _content.OpenAsync(ct), Format))
                {
                    rows.ReadHeader();
                    foreach (var row in rows.Read())
                    {
                        ct.ThrowIfCancellationRequested();
                        yield return row;
                    }
                }

                break;
            case FileKind.Ndjson or FileKind.Json:
                using (var text = Text(_read = await _content.OpenAsync(ct), Format))
                {
                    var rows = Format.Kind is FileKind.Json ? JsonRows.ReadAsync(text, Format, ct) : NdjsonRows.ReadAsync(text, Format, ct);
                    await foreach (var row in rows)
                    {
                        yield return row;
                    }
                }

                break;
            case FileKind.Parquet:
                await using (var file = await _content.OpenAsync(ct))
                {
                    foreach (var row in ParquetRows.Read(file.Name, Columns))
                    {
                        ct.ThrowIfCancellationRequested();
                        yield return row;
                    }
                }

                break;
            case FileKind.Invoice:
                await using (var file = await _content.OpenAsync(ct))
                {
                    foreach (var row in InvoiceRows.Read(file).Value ?? [])
                    {
                        yield return row;
                    }
                }

                break;
            default:
                using (var rows = new CsvRows(Text(_read = await _content.OpenAsync(ct), Format), Format))
                {
                    await rows.ReadHeaderAsync(ct);
                    await foreach (var row in rows.ReadAsync(ct))
                    {
                        yield return row;
                    }
                }

                break;
        }
    }
}
