namespace Rcu.Demo;

/// <summary>Of the pairs put together, how many are true (precision); of the true ones, how many were put together (recall).</summary>
public sealed record PairQuality(double Precision, double Recall, double F1)
{
    /// <param name="truth">The true entity of each record. A record without one is left out of both counts.</param>
    /// <param name="found">The cluster of each record; one that is in none is in no pair.</param>
    public static PairQuality Of<TKey, TCluster>(IReadOnlyDictionary<TKey, string> truth, IReadOnlyDictionary<TKey, TCluster> found)
        where TKey : notnull
        where TCluster : notnull
    {
        var known = truth.Where(t => t.Value.Length > 0).ToList();
        var placed = known.Where(t => found.ContainsKey(t.Key)).ToList();
        var right = Pairs(placed.GroupBy(t => (t.Value, found[t.Key])));
        var (all, put) = (Pairs(known.GroupBy(t => t.Value)), Pairs(placed.GroupBy(t => found[t.Key])));
        var (precision, recall) = (Share(right, put), Share(right, all));
        return new PairQuality(precision, recall, precision + recall == 0 ? 0 : Math.Round(2 * precision * recall / (precision + recall), 4));
    }

    private static long Pairs<TGroup, T>(IEnumerable<IGrouping<TGroup, T>> groups) => groups.Sum(g => (long)g.Count() * (g.Count() - 1) / 2);

    private static double Share(long part, long whole) => whole == 0 ? 1 : Math.Round((double)part / whole, 4);
}
