using Rcu.Matching;

namespace Rcu.Benchmarks.Matching;

/// <summary>
/// What a run found beside what is true, over every true pair, those that no rule proposed included. The entity of each record is
/// known here alone: the engine never saw it.
/// </summary>
internal sealed class Answer(MatchResult result, int[] entityOf)
{
    private readonly long _truePairs = PairsOf(entityOf);

    /// <summary>The pairs at or above a probability that no veto parts.</summary>
    public Shares Pairs(double threshold) => Of(pair => pair.Probability >= threshold && pair.Veto is null);

    /// <summary>The pairs that <c>dedupe</c> tells: all those of one cluster.</summary>
    public Shares Told()
    {
        var (right, put) = (0L, 0L);
        foreach (var pair in result.PairsOfClusters())
        {
            put++;
            right += entityOf[pair.Left] == entityOf[pair.Right] ? 1 : 0;
        }

        return Shares.Of(right, put, _truePairs);
    }

    private Shares Of(Func<ScoredPair, bool> isFound)
    {
        var (right, put) = (0L, 0L);
        foreach (var pair in result.Pairs)
        {
            if (isFound(pair))
            {
                put++;
                right += entityOf[pair.Left] == entityOf[pair.Right] ? 1 : 0;
            }
        }

        return Shares.Of(right, put, _truePairs);
    }

    /// <summary>The pairs that stand in one cluster.</summary>
    public Shares Clusters() => Clusters([.. result.ClusterOf], entityOf);

    public static Shares Clusters(int[] clusters, int[] entityOf)
    {
        var both = new Dictionary<(int, int), int>();
        for (var i = 0; i < clusters.Length; i++)
        {
            var key = (entityOf[i], clusters[i]);
            both[key] = both.GetValueOrDefault(key) + 1;
        }

        return Shares.Of(both.Values.Sum(count => (long)count * (count - 1) / 2), PairsOf(clusters), PairsOf(entityOf));
    }

    /// <summary>For each kind of dirt, of the true pairs one of whose records bears it, how many stand in one cluster.</summary>
    /// <param name="dirtOf">The kinds of each record, as bits.</param>
    public (long Pairs, long Found)[] ByDirt(ulong[] dirtOf)
    {
        var counts = new (long Pairs, long Found)[64];
        var order = Enumerable.Range(0, entityOf.Length).ToArray();
        Array.Sort((int[])entityOf.Clone(), order);
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && entityOf[order[end]] == entityOf[order[start]])
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                for (var j = i + 1; j < end; j++)
                {
                    Count(counts, dirtOf[order[i]] | dirtOf[order[j]], result.ClusterOf[order[i]] == result.ClusterOf[order[j]]);
                }
            }

            start = end;
        }

        return counts;
    }

    private static void Count((long Pairs, long Found)[] counts, ulong dirt, bool found)
    {
        for (; dirt != 0; dirt &= dirt - 1)
        {
            ref var kind = ref counts[System.Numerics.BitOperations.TrailingZeroCount(dirt)];
            kind = (kind.Pairs + 1, kind.Found + (found ? 1 : 0));
        }
    }

    private static long PairsOf(int[] groups)
    {
        var sizes = new Dictionary<int, int>();
        foreach (var group in groups)
        {
            sizes[group] = sizes.GetValueOrDefault(group) + 1;
        }

        return sizes.Values.Sum(count => (long)count * (count - 1) / 2);
    }
}

/// <summary>Of the pairs put together, how many are true; of the true ones, how many were put together; and the mean of both.</summary>
internal sealed record Shares(double Precision, double Recall, double F1)
{
    public static Shares Of(long right, long put, long all)
    {
        var (precision, recall) = (put == 0 ? 1 : (double)right / put, all == 0 ? 1 : (double)right / all);
        return new Shares(precision, recall, precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall));
    }
}
