namespace Rcu.Matching.Blocking;

/// <summary>The order of the rows of a large block: by name, then by row.</summary>
internal static class NameOrder
{
    public static void Sort(Span<int> rows, Func<int, ulong> nameOf)
    {
        var names = new ulong[rows.Length];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = nameOf(rows[i]);
        }

        names.AsSpan().Sort(rows);
        for (var from = 0; from < names.Length;)
        {
            var to = from + 1;
            while (to < names.Length && names[to] == names[from])
            {
                to++;
            }

            rows[from..to].Sort();
            from = to;
        }
    }

    /// <summary>The first place of a sorted block whose name is not before this one.</summary>
    public static int PlaceOf(ReadOnlySpan<int> rows, ulong name, Func<int, ulong> nameOf)
    {
        var (low, high) = (0, rows.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = nameOf(rows[middle]) < name ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
