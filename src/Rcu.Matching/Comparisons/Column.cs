namespace Rcu.Matching.Comparisons;

/// <summary>The codes of one field, a fixed number of slots per record, the empty ones last. A code may be marked by its sign.</summary>
internal sealed class Column(RowTable table, int offset, int width)
{
    private readonly int[] _staged = new int[RecordBatch.Size * width];

    public int Offset => offset;

    public int Width => width;

    public ReadOnlySpan<int> this[int row] => table.Cells(row, offset, width);

    public Span<int> Writable(int row) => table.Writable(row, offset, width);

    public ReadOnlySpan<int> Staged(int record) => _staged.AsSpan(record * width, width);

    public int First(int row) => table.Cell(row, offset);

    public void Clear(int record) => _staged.AsSpan(record * width, width).Clear();

    /// <summary>Sets the only slot of a record of the batch.</summary>
    public void Set(int record, int code) => _staged[record * width] = code;

    /// <summary>Sets one slot of a record of the batch.</summary>
    public void Set(int record, int slot, int code) => _staged[(record * width) + slot] = code;

    /// <summary>Adds a code to the first free slot of a record of the batch, once; what does not fit is left out.</summary>
    public void Add(int record, int code)
    {
        var slots = _staged.AsSpan(record * width, width);
        for (var i = 0; i < slots.Length && code != 0; i++)
        {
            if (slots[i] == 0 || slots[i] == code)
            {
                slots[i] = code;
                return;
            }
        }
    }

    /// <summary>The first code that two records share, or 0.</summary>
    public int Shared(int left, int right)
    {
        var others = this[right];
        foreach (var code in this[left])
        {
            if (code == 0)
            {
                return 0;
            }

            if (others.Contains(code))
            {
                return code;
            }
        }

        return 0;
    }

    public void Remove(Func<int, bool> unwanted, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            var cells = table.Writable(row, offset, width);
            var kept = 0;
            foreach (var code in cells)
            {
                if (code != 0 && !unwanted(code))
                {
                    cells[kept++] = code;
                }
            }

            cells[kept..].Clear();
        }
    }
}
