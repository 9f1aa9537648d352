using System.Runtime.InteropServices;

namespace Rcu.Ingestion.Reading.Parquet;

/// <summary>A thousand or two rows that DuckDB gave, as bytes in one block that the next ones take.</summary>
internal sealed class DuckCells
{
    private byte[] _bytes = new byte[1 << 20];
    private (int Start, int Length)[] _cells = [];
    private int _columns;
    private int _used;

    public int Rows { get; private set; }

    /// <summary>A value; empty when there is none.</summary>
    public ReadOnlySpan<byte> this[int row, int column]
    {
        get
        {
            var (start, length) = _cells[row * _columns + column];
            return _bytes.AsSpan(start, length);
        }
    }

    public void Begin(int rows, int columns)
    {
        (Rows, _columns, _used) = (rows, columns, 0);
        if (_cells.Length < rows * columns)
        {
            _cells = new (int, int)[rows * columns];
        }

        _cells.AsSpan(0, rows * columns).Clear();
    }

    public void Add(int row, int column, IntPtr from, int length)
    {
        while (_used + length > _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        Marshal.Copy(from, _bytes, _used, length);
        _cells[row * _columns + column] = (_used, length);
        _used += length;
    }
}
