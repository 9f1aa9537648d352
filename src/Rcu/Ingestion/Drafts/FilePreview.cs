using Rcu.Ingestion.Mapping;
using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion.Drafts;

/// <summary>The beginning of a file as it is understood: what a person looks at before anything is done with it.</summary>
/// <param name="Columns">The names of the columns; for events, every path met.</param>
/// <param name="Samples">What the first rows say in each of them.</param>
/// <param name="Rows">The first rows, each a list of cells in the order of the columns.</param>
/// <param name="Read">How many rows were looked at.</param>
/// <param name="Rejected">How many of them cannot be read, and the first reason.</param>
public sealed record FilePreview(
    SourceFile File,
    IReadOnlyList<string> Columns,
    IReadOnlyList<ColumnSample> Samples,
    IReadOnlyList<PreviewRow> Rows,
    int Read,
    (int Count, RejectReason? First) Rejected)
{
    /// <summary>How many rows a person is shown.</summary>
    public const int Shown = 20;

    /// <summary>How much of the rows looked at fills a column, from 0 to 1.</summary>
    public double FillOf(int column) => Read - Rejected.Count <= 0 ? 0 : Samples[column].Values.Count / (double)(Read - Rejected.Count);

    public static async Task<Result<FilePreview>> ReadAsync(string path, string name, FeedOptions options, CancellationToken ct)
    {
        var opened = await SourceFile.OpenAsync(path, name, options.Correct, ct);
        if (opened.Error is { } refusal)
        {
            return refusal;
        }

        var file = opened.Value!;
        var columns = file.Columns.ToList();
        var known = columns.Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.Ordinal);
        var values = columns.ConvertAll(_ => new List<string>());
        var (rows, read, rejected, first) = (new List<PreviewRow>(), 0, 0, (RejectReason?)null);
        await foreach (var row in file.ReadAsync(0, ct))
        {
            if (read++ == ColumnSample.MostRows)
            {
                read--;
                break;
            }

            if (row is not ReadRow.Kept kept)
            {
                rejected++;
                first ??= (row as ReadRow.Rejected)?.Reason;
                continue;
            }

            var cells = new Dictionary<int, string>();
            foreach (var (column, value) in kept.Fields.Leaves())
            {
                if (!known.TryGetValue(column, out var place))
                {
                    known[column] = place = columns.Count;
                    columns.Add(column);
                    values.Add([]);
                }

                cells[place] = value;
                if (!string.IsNullOrWhiteSpace(value))
                {
                    values[place].Add(value.Trim());
                }
            }

            if (rows.Count < Shown)
            {
                rows.Add(new PreviewRow(row.Line, cells));
            }
        }

        return new FilePreview(file, columns, values.ConvertAll(column => new ColumnSample(column)), rows, read, (rejected, first));
    }
}

/// <summary>One row of a preview: its line in the file, and its cells by column.</summary>
public sealed record PreviewRow(long Line, IReadOnlyDictionary<int, string> Cells)
{
    public string this[int column] => Cells.GetValueOrDefault(column, "");
}
