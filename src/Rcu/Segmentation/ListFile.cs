namespace Rcu.Segmentation;

/// <summary>A list as a file, CSV or workbook, written as its rows are read: a hundred thousand cost no more memory than ten.</summary>
internal static class ListFile
{
    public static async Task WriteAsync(
        ExportFormat format, Stream output, string title, IReadOnlyList<string> heads, IAsyncEnumerable<object?[]> rows, CancellationToken ct)
    {
        if (format is ExportFormat.Csv)
        {
            await using var file = SafeCsv.Open(output);
            await file.WriteLineAsync(SafeCsv.Line(heads).AsMemory(), ct);
            await foreach (var cells in rows.WithCancellation(ct))
            {
                await file.WriteLineAsync(SafeCsv.Line(cells).AsMemory(), ct);
            }

            return;
        }

        await using var sheet = await SheetWriter.OpenAsync(output, title, ct);
        await sheet.RowAsync(heads, isHead: true, ct);
        await foreach (var cells in rows.WithCancellation(ct))
        {
            await sheet.RowAsync(cells, isHead: false, ct);
        }
    }
}
