using System.Runtime.CompilerServices;
using System.Xml;

namespace Rcu.Ingestion.Reading;

/// <summary>
/// A file received from a source, whatever its format: opened, recognised, guarded, and read row by row in a memory
/// that does not grow with it.
/// </summary>
public sealed class SourceFile
{
    /// <summary>More columns than any honest export has.</summary>
    public const int MostColumns = 1_000;

    private readonly string _path;

    private SourceFile(string path, string name, FileFormat format, IReadOnlyList<string> columns) =>
        (_path, Name, Format, Columns) = (path, name, format, columns);

    /// <summary>The name its sender gave it.</summary>
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
        await using var file = Bytes(path);
        if (file.Length == 0)
        {
            return ReadingErrors.Empty;
        }

        if (await RefusalAsync(file, ct) is { } refusal)
        {
            return refusal;
        }

        file.Position = 0;
        var seen = await FormatDetector.DetectAsync(file, name, ct);
        var format = correct?.Invoke(seen) ?? seen;
        return format.Kind switch
        {
            FileKind.Xlsx => await WorkbookAsync(path, name, format, ct),
            FileKind.Ndjson => new SourceFile(path, name, format, []),
            FileKind.Csv or FileKind.Fec => await TableAsync(path, name, format, ct),
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

    private static async Task<Error?> RefusalAsync(FileStream file, CancellationToken ct)
    {
        var head = new byte[4096];
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        head = head[..length];
        if (FormatDetector.IsOldOffice(head))
        {
            return await IsEncryptedAsync(file, ct) ? ReadingErrors.Encrypted : ReadingErrors.OldExcel;
        }

        if (FormatDetector.IsZip(head))
        {
            return await WorkbookGuard.RefusalAsync(file, ct);
        }

        // Text has no more NUL than an accident leaves, except two-byte text, where every other byte is one.
        var zeros = head.Count(b => b == 0);
        var twoBytes = new EncodingGuess();
        twoBytes.Add(head);
        return zeros > length / 10 && !twoBytes.Name().StartsWith("utf-16", StringComparison.Ordinal) ? ReadingErrors.Binary : null;
    }

    private static async Task<bool> IsEncryptedAsync(FileStream file, CancellationToken ct)
    {
        var name = System.Text.Encoding.Unicode.GetBytes("EncryptedPackage");
        var bytes = new byte[Math.Min(file.Length, 1024 * 1024)];
        file.Position = Math.Max(0, file.Length - bytes.Length);
        await file.ReadExactlyAsync(bytes, ct);
        var end = bytes.AsSpan().IndexOf(name) >= 0;
        file.Position = 0;
        await file.ReadExactlyAsync(bytes, ct);
        return end || bytes.AsSpan().IndexOf(name) >= 0;
    }

    private static async Task<Result<SourceFile>> TableAsync(string path, string name, FileFormat format, CancellationToken ct)
    {
        using var rows = new CsvRows(Text(path, format), format);
        return !await rows.ReadHeaderAsync(ct) ? ReadingErrors.NoHeader
            : rows.Columns.Count > MostColumns ? ReadingErrors.TooManyColumns(rows.Columns.Count, MostColumns)
            : new SourceFile(path, name, format, rows.Columns);
    }

    private static async Task<Result<SourceFile>> WorkbookAsync(string path, string name, FileFormat format, CancellationToken ct)
    {
        await Task.CompletedTask.WaitAsync(ct);
        try
        {
            using var rows = new WorkbookRows(Bytes(path), format);
            return !rows.ReadHeader() ? ReadingErrors.NoSheet
                : rows.Columns.Count > MostColumns ? ReadingErrors.TooManyColumns(rows.Columns.Count, MostColumns)
                : new SourceFile(path, name, format with { Sheet = rows.Sheet, HeaderRow = rows.HeaderRow }, rows.Columns);
        }
        catch (Exception broken) when (broken is XmlException or InvalidDataException
            or ExcelDataReader.Exceptions.ExcelReaderException or FormatException or IndexOutOfRangeException)
        {
            return ReadingErrors.Damaged(broken.Message);
        }
    }

    private static FileStream Bytes(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static StreamReader Text(string path, FileFormat format) =>
        new(Bytes(path), EncodingGuess.Named(format.Encoding), detectEncodingFromByteOrderMarks: true, 64 * 1024);

    private async IAsyncEnumerable<ReadRow> AllAsync([EnumeratorCancellation] CancellationToken ct)
    {
        switch (Format.Kind)
        {
            case FileKind.Xlsx:
                using (var rows = new WorkbookRows(Bytes(_path), Format))
                {
                    rows.ReadHeader();
                    foreach (var row in rows.Read())
                    {
                        ct.ThrowIfCancellationRequested();
                        yield return row;
                    }
                }

                break;
            case FileKind.Ndjson:
                using (var text = Text(_path, Format))
                {
                    await foreach (var row in NdjsonRows.ReadAsync(text, ct))
                    {
                        yield return row;
                    }
                }

                break;
            default:
                using (var rows = new CsvRows(Text(_path, Format), Format))
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
