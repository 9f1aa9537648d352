using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Rcu.Matching.Blocking;

/// <summary>
/// Of each row, where its candidates stand under each rule, the rows side by side: a row finds all its candidates in one
/// line of memory, which can be asked for in advance.
/// </summary>
internal sealed class CandidateLists
{
    private readonly IReadOnlyList<KeyTable> _tables;
    private readonly int[] _starts;
    private readonly Entry[] _entries;

    public CandidateLists(IReadOnlyList<KeyTable> tables, int rows, ParallelOptions options)
    {
        _tables = tables;
        _starts = new int[rows + 1];
        var parts = Math.Min(rows, Math.Max(1, options.MaxDegreeOfParallelism));
        InParts(rows, parts, options, (from, to) =>
        {
            foreach (var table in _tables)
            {
                table.List(from, to, (row, _, _) => _starts[row]++);
            }
        });
        for (int row = 0, sum = 0; row <= rows; row++)
        {
            (_starts[row], sum) = (sum, sum + _starts[row]);
        }

        _entries = GC.AllocateUninitializedArray<Entry>(_starts[rows]);
        var next = _starts[..rows];
        InParts(rows, parts, options, (from, to) =>
        {
            for (var rule = 0; rule < _tables.Count; rule++)
            {
                _tables[rule].List(from, to, (row, start, end) => _entries[next[row]++] = new Entry(start, end, rule));
            }
        });
    }

    /// <summary>Rows of a table, from one place of it up to another.</summary>
    internal readonly record struct Entry(int Start, int End, int Rule);

    public ReadOnlySpan<Entry> Of(int row) => _entries.AsSpan(_starts[row].._starts[row + 1]);

    public ReadOnlySpan<int> Rows(in Entry entry) => _tables[entry.Rule].Rows(entry.Start, entry.End);

    /// <summary>Asks for the memory in which a row's candidates stand.</summary>
    public unsafe void Prefetch(int row)
    {
        if (!Sse.IsSupported || row >= _starts.Length - 1)
        {
            return;
        }

        foreach (ref readonly var entry in Of(row))
        {
            ref var first = ref Unsafe.AsRef(in Rows(entry)[0]);
            Sse.Prefetch0(Unsafe.AsPointer(ref first));
        }
    }

    private static void InParts(int rows, int parts, ParallelOptions options, Action<int, int> act) =>
        Parallel.For(0, parts, options, part => act((int)((long)rows * part / parts), (int)((long)rows * (part + 1) / parts)));
}
