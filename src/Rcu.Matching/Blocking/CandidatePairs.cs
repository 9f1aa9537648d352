namespace Rcu.Matching.Blocking;

/// <summary>Two rows to compare, and the first rule that holds for them.</summary>
internal readonly record struct CandidatePair(int Left, int Right, int Rule);

/// <summary>Every pair that some rule finds, once, within a budget that grows with the number of records.</summary>
internal static class CandidatePairs
{
    private const long AlwaysAllowed = 400_000;

    public static (List<CandidatePair> Pairs, List<RuleReport> Report) Find(
        IReadOnlyList<KeyTable> tables, int rows, int budgetPerRecord, CancellationToken ct)
    {
        var budget = Math.Max(AlwaysAllowed, (long)budgetPerRecord * rows);
        SetCaps(tables, budget);
        return FindWithin(tables, ct);
    }

    /// <summary>The pairs within the caps already set.</summary>
    public static (List<CandidatePair> Pairs, List<RuleReport> Report) FindWithin(
        IReadOnlyList<KeyTable> tables, CancellationToken ct)
    {
        var pairs = new List<CandidatePair>();
        var report = new List<RuleReport>();
        for (var rule = 0; rule < tables.Count; rule++)
        {
            ct.ThrowIfCancellationRequested();
            report.Add(FindOf(tables, rule, pairs));
        }

        return (pairs, report);
    }

    private static RuleReport FindOf(IReadOnlyList<KeyTable> tables, int rule, List<CandidatePair> pairs)
    {
        var table = tables[rule];
        var (blocks, largest, before, skipped) = (0, 0, pairs.Count, 0L);
        foreach (var (start, end) in table.Blocks())
        {
            blocks++;
            var size = end - start;
            largest = Math.Max(largest, size);
            var reach = size <= table.Cap ? size : table.Window;
            skipped += PairsWithin(size, size) - PairsWithin(size, reach);
            AddBlock(tables, rule, table.Rows(start, end), table.KeyAt(start), reach, pairs);
        }

        return new RuleReport(table.Rule.Name, blocks, pairs.Count - before, largest, skipped);
    }

    private static void AddBlock(
        IReadOnlyList<KeyTable> tables, int rule, ReadOnlySpan<int> rows, ulong key, int reach, List<CandidatePair> pairs)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = i + 1; j < rows.Length && j - i <= reach; j++)
            {
                var (left, right) = rows[i] < rows[j] ? (rows[i], rows[j]) : (rows[j], rows[i]);
                if (!tables[rule].Pairs(left, right, key) && !FoundBefore(tables, rule, left, right))
                {
                    pairs.Add(new CandidatePair(left, right, rule));
                }
            }
        }
    }

    private static bool FoundBefore(IReadOnlyList<KeyTable> tables, int rule, int left, int right)
    {
        for (var earlier = 0; earlier < rule; earlier++)
        {
            if (tables[earlier].Pairs(left, right, 0))
            {
                return true;
            }
        }

        return false;
    }

    // The largest cap that keeps the sum over the rules under the budget: small sets are compared in full.
    private static void SetCaps(IReadOnlyList<KeyTable> tables, long budget)
    {
        var sizes = tables.Select(table => table.Blocks().Select(block => block.End - block.Start).ToArray()).ToArray();
        for (var cap = 1 << 20; cap >= 16; cap /= 2)
        {
            long sum = 0;
            for (var i = 0; i < tables.Count; i++)
            {
                tables[i].Cap = cap;
                foreach (var size in sizes[i])
                {
                    sum += PairsWithin(size, size <= cap ? size : tables[i].Window);
                }
            }

            if (sum <= budget)
            {
                return;
            }
        }
    }

    private static long PairsWithin(long size, long reach)
    {
        reach = Math.Min(reach, size - 1);
        return (size * reach) - (reach * (reach + 1) / 2);
    }
}
