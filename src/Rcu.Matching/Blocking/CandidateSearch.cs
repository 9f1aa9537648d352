namespace Rcu.Matching.Blocking;

/// <summary>
/// For each record, the records before it that some rule finds, each once, under the first rule that does. A record at a
/// time, as one that is looked up is: both find the same.
/// </summary>
internal sealed class CandidateSearch(IReadOnlyList<KeyTable> tables, int rows)
{
    private const long AlwaysAllowed = 2_500_000;
    private const int LargestCap = 1 << 20;
    private const int SmallestCap = 16;

    private CandidateLists? _lists;

    public IReadOnlyList<KeyTable> Tables => tables;

    /// <summary>Where the candidates of each row stand.</summary>
    public CandidateLists Lists => _lists ?? throw new InvalidOperationException("The blocks are not complete.");

    /// <summary>Sets what a block may cost, so that all together stay within the budget: small sets are compared in full.</summary>
    public void Complete(int budgetPerRecord, Func<int, ulong> nameOf, ParallelOptions options)
    {
        var cap = CapFor(budgetPerRecord);
        Parallel.ForEach(tables, options, table => table.Complete(cap, nameOf));
        _lists = new CandidateLists(tables, rows, options);
    }

    /// <summary>The largest block of a sure rule that the budget allows to be compared in full.</summary>
    public int CapFor(int budgetPerRecord)
    {
        var budget = Math.Max(AlwaysAllowed, (long)budgetPerRecord * rows);
        var cap = LargestCap;
        while (cap > SmallestCap && tables.Sum(table => Cost(table, table.Rule.CapOf(cap))) > budget)
        {
            cap /= 2;
        }

        return cap;
    }

    /// <summary>Writes the rows to compare with a row, and the rule that found each; returns how many.</summary>
    /// <param name="seen">Of each row, the last row it was found for, from 1: a memory of the caller's own.</param>
    public int Find(int row, int[] seen, ref int[] found, ref byte[] rules)
    {
        var count = 0;
        var mark = row + 1;
        var lists = Lists;
        foreach (ref readonly var entry in lists.Of(row))
        {
            foreach (var other in lists.Rows(entry))
            {
                if (other < row && seen[other] != mark)
                {
                    seen[other] = mark;
                    if (count == found.Length)
                    {
                        Array.Resize(ref found, count * 2);
                        Array.Resize(ref rules, count * 2);
                    }

                    found[count] = other;
                    rules[count++] = (byte)entry.Rule;
                }
            }
        }

        return count;
    }

    /// <summary>What each rule brought, once it is known how many pairs each was the first to find.</summary>
    public IReadOnlyList<RuleReport> Report(long[] found)
    {
        var reports = new List<RuleReport>();
        for (var rule = 0; rule < tables.Count; rule++)
        {
            var (largest, skipped) = (0, 0L);
            foreach (var size in tables[rule].Sizes)
            {
                largest = Math.Max(largest, size);
                skipped += size > tables[rule].Cap ? PairsWithin(size, size) - PairsWithin(size, tables[rule].Window) : 0;
            }

            reports.Add(new RuleReport(tables[rule].Rule.Name, tables[rule].Sizes.Length, found[rule], largest, skipped));
        }

        return reports;
    }

    /// <summary>How many pairs the blocks of a rule hold, large ones being cut to their windows.</summary>
    public static long Cost(KeyTable table, int cap)
    {
        long sum = 0;
        foreach (var (size, blocks) in table.BlocksOfSize)
        {
            sum += blocks * PairsWithin(size, size <= cap ? size : table.Rule.WindowOf(cap));
        }

        return sum;
    }

    private static long PairsWithin(long size, long reach)
    {
        reach = Math.Min(reach, size - 1);
        return (size * reach) - (reach * (reach + 1) / 2);
    }
}
