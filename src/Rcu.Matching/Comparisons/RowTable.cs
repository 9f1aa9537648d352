using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Rcu.Matching.Comparisons;

/// <summary>
/// The codes of every record, one after the other, those of one record side by side: comparing two records reads two or
/// three lines of memory. Columns are staged per batch, so that each can be filled by a thread of its own.
/// </summary>
internal sealed class RowTable
{
    private const int Part = 1 << 16;
    private readonly List<Column> _columns = [];
    private readonly List<int[]> _pages = [];
    private int[] _cells = [];

    public int Stride { get; private set; }

    public int Count { get; private set; }

    /// <summary>A column of at least one slot.</summary>
    public Column Add(int width)
    {
        width = Math.Max(1, width);
        var column = new Column(this, Stride, width);
        _columns.Add(column);
        Stride += width;
        return column;
    }

    public ReadOnlySpan<int> Cells(int row, int offset, int width) => _cells.AsSpan((row * Stride) + offset, width);

    public Span<int> Writable(int row, int offset, int width) => _cells.AsSpan((row * Stride) + offset, width);

    public int Cell(int row, int offset) => _cells[(row * Stride) + offset];

    /// <summary>Asks for the lines of memory of a row that is about to be read.</summary>
    public unsafe void Prefetch(int row)
    {
        if (Sse.IsSupported)
        {
            ref var first = ref _cells[row * Stride];
            Sse.Prefetch0(Unsafe.AsPointer(ref first));
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, Stride - 1)));
        }
    }

    /// <summary>Takes over the first staged records.</summary>
    public void Append(int count)
    {
        var page = new int[count * Stride];
        for (var i = 0; i < count; i++)
        {
            WriteStaged(i, page.AsSpan(i * Stride, Stride));
        }

        _pages.Add(page);
        Count += count;
    }

    /// <summary>Brings all records together, in the order they came, with room for one that is only looked up.</summary>
    public void Complete()
    {
        _cells = new int[(Count + 1) * Stride];
        var at = 0;
        for (var i = 0; i < _pages.Count; i++)
        {
            _pages[i].CopyTo(_cells, at);
            at += _pages[i].Length;
            _pages[i] = [];
        }

        _pages.Clear();
    }

    /// <summary>Puts the records in another order: <paramref name="order"/> says which record comes at each place.</summary>
    public void Reorder(int[] order, ParallelOptions options)
    {
        var cells = new int[_cells.Length];
        Parallel.For(0, (order.Length + Part - 1) / Part, options, part =>
        {
            for (var row = part * Part; row < Math.Min(order.Length, (part + 1) * Part); row++)
            {
                _cells.AsSpan(order[row] * Stride, Stride).CopyTo(cells.AsSpan(row * Stride));
            }
        });
        _cells = cells;
    }

    /// <summary>Writes the one staged record over a row, the place after the last included.</summary>
    public void Write(int row)
    {
        if ((row + 1) * Stride > _cells.Length)
        {
            Array.Resize(ref _cells, Math.Max(_cells.Length * 3 / 2, (row + 2) * Stride));
        }

        WriteStaged(0, _cells.AsSpan(row * Stride, Stride));
    }

    public void Clear(int row) => _cells.AsSpan(row * Stride, Stride).Clear();

    /// <summary>Counts the record after the last as one of the table.</summary>
    public void Keep() => Count++;

    private void WriteStaged(int record, Span<int> cells)
    {
        foreach (var column in _columns)
        {
            column.Staged(record).CopyTo(cells[column.Offset..]);
        }
    }
}
