namespace Rcu.Web.Commands.Evaluation;

/// <summary>Of the pairs found, how many are right; of the true ones, how many were found.</summary>
internal sealed record Quality(long Right, long Found, long True)
{
    public double Precision => Found == 0 ? 0 : (double)Right / Found;

    public double Recall => True == 0 ? 0 : (double)Right / True;

    public double F1 => Right == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    /// <summary>Pair by pair, as told: a pair that only follows from two others does not count.</summary>
    public static Quality OfPairs(Grouping found, Grouping truth, int ids)
    {
        if (found.Pairs is not { } pairs)
        {
            var all = OfClusters(found, truth, ids);
            return truth.Pairs is { } known ? new Quality(known.LongCount(pair => found.AreOne(pair.Item1, pair.Item2)), all.Found, known.Count) : all;
        }

        var right = pairs.LongCount(pair => truth.Pairs?.Contains(pair) ?? truth.AreOne(pair.Item1, pair.Item2));
        return new Quality(right, pairs.Count, truth.Pairs?.Count ?? Within(Enumerable.Range(0, ids).CountBy(truth.Root)));
    }

    /// <summary>Over every two members of a cluster, that is on the pairs followed to the end.</summary>
    public static Quality OfClusters(Grouping found, Grouping truth, int ids)
    {
        var all = Enumerable.Range(0, ids).ToList();
        return new Quality(
            Within(all.CountBy(id => (found.Root(id), truth.Root(id)))), Within(all.CountBy(found.Root)), Within(all.CountBy(truth.Root)));
    }

    private static long Within<T>(IEnumerable<KeyValuePair<T, int>> sizes) => sizes.Sum(size => (long)size.Value * (size.Value - 1) / 2);
}
