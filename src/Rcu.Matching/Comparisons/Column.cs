namespace Rcu.Matching.Comparisons;

/// <summary>The codes of the records, a fixed number of slots each, the empty ones last.</summary>
internal sealed class Column(int width)
{
    private int[] _codes = [];

    public int Width => width;

    public void Reserve(int rows) => Array.Resize(ref _codes, rows * width);

    public ReadOnlySpan<int> this[int row] => _codes.AsSpan(row * width, width);

    public int First(int row) => _codes[row * width];

    public void Clear(int row) => _codes.AsSpan(row * width, width).Clear();

    /// <summary>Adds a code to the first free slot, once; what does not fit is left out.</summary>
    public void Add(int row, int code)
    {
        var slots = _codes.AsSpan(row * width, width);
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
        foreach (var code in this[left])
        {
            if (code == 0)
            {
                return 0;
            }

            if (this[right].Contains(code))
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
            var kept = this[row].ToArray().Where(code => code != 0 && !unwanted(code)).ToArray();
            Clear(row);
            foreach (var code in kept)
            {
                Add(row, code);
            }
        }
    }
}
