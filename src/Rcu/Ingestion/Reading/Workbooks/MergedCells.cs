namespace Rcu.Ingestion.Reading.Workbooks;

/// <summary>Cells merged downwards: what is written once in front of several lines is said of each of them.</summary>
internal sealed class MergedCells(IEnumerable<MergedRange> ranges)
{
    private readonly Queue<MergedRange> _next = new(ranges.Where(r => r.ToRow > r.FromRow).OrderBy(r => r.FromRow));
    private readonly List<(MergedRange Range, WorkbookCell Value)> _open = [];

    /// <summary>Completes a row, given its index from 0. Rows must come in order.</summary>
    public void Fill(int row, WorkbookCell[] cells)
    {
        _open.RemoveAll(merge => merge.Range.ToRow < row);
        foreach (var (range, value) in _open.Where(merge => merge.Range.FromColumn < cells.Length))
        {
            cells[range.FromColumn] = value;
        }

        while (_next.TryPeek(out var range) && range.FromRow <= row)
        {
            _next.Dequeue();
            if (range.FromRow == row && range.FromColumn < cells.Length)
            {
                _open.Add((range, cells[range.FromColumn]));
            }
        }
    }
}
