using Rcu.Matching.Scoring;

namespace Rcu.Matching.Clustering;

/// <summary>Finds the clusters in which someone does not fit, or that grew beyond reason.</summary>
internal static class SuspectClusters
{
    private const int LargeFrom = 30;
    private const int Sample = 12;

    public static IReadOnlyList<SuspectCluster> Of(MatchIndex index, Model model, Clusters clusters) =>
        Of(index, model, clusters, Enumerable.Range(0, index.Count).Where(row => clusters.RootOf(row) == row));

    /// <param name="roots">The clusters to look at, by their root.</param>
    public static IReadOnlyList<SuspectCluster> Of(MatchIndex index, Model model, Clusters clusters, IEnumerable<int> roots) =>
    [
        .. roots.Where(root => clusters.Next(root) >= 0).ToArray()
            .AsParallel().WithDegreeOfParallelism(Math.Clamp(index.Settings.Threads, 1, 64))
            .Select(root => Suspected(index, model, clusters.Members(root)))
            .OfType<SuspectCluster>().ToList()
            .OrderBy(suspect => suspect.Fit).ThenBy(suspect => suspect.Records[0]),
    ];

    private static SuspectCluster? Suspected(MatchIndex index, Model model, List<int> rows)
    {
        var severalSirens = HasSeveralSirens(index, rows);
        if (rows.Count == 2 && !severalSirens)
        {
            return null;
        }

        var fit = Fit(model, rows, out var stranger);
        var doubt = severalSirens ? Doubts.Sirens
            : stranger ? Doubts.Stranger
            : rows.Count >= LargeFrom ? Doubts.Large : null;
        return doubt is null
            ? null
            : new SuspectCluster([.. rows.Select(index.IndexOf).Order()], doubt, fit, WeakestBridge.Of(index, model, rows));
    }

    // The average weight of its pairs, on a sample of a large one; a stranger is a record that speaks against most others.
    private static double Fit(Model model, List<int> rows, out bool stranger)
    {
        var count = Math.Min(rows.Count, Sample);
        var sums = new double[count];
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                var weight = model.Score(rows[i], rows[j]).Weight - model.Prior;
                sums[i] += weight;
                sums[j] += weight;
            }
        }

        stranger = count > 2 && sums.Any(sum => sum < 0);
        return sums.Sum() / (count * (count - 1));
    }

    private static bool HasSeveralSirens(MatchIndex index, List<int> rows)
    {
        var siren = index.Evidence.Siren;
        return siren is not null && rows.Select(siren.Valid).Where(code => code != 0).Distinct().Skip(1).Any();
    }
}
