using Rcu.Matching.Scoring;

namespace Rcu.Matching.Clustering;

/// <summary>Finds the clusters in which someone does not fit, or that grew beyond reason.</summary>
internal static class SuspectClusters
{
    private const int LargeFrom = 30;
    private const int Sample = 12;

    public static IReadOnlyList<SuspectCluster> Of(MatchIndex index, Model model, Clusters clusters)
    {
        var suspects = new List<SuspectCluster>();
        for (var root = 0; root < index.Count; root++)
        {
            if (clusters.RootOf(root) == root && clusters.Next(root) >= 0)
            {
                var rows = clusters.Members(root);
                var fit = Fit(model, rows, out var stranger);
                var doubt = HasSeveralSirens(index, rows) ? Doubts.Sirens
                    : stranger ? Doubts.Stranger
                    : rows.Count >= LargeFrom ? Doubts.Large : null;
                if (doubt is not null)
                {
                    suspects.Add(new SuspectCluster([.. rows.Select(index.IndexOf).Order()], doubt, fit));
                }
            }
        }

        return [.. suspects.OrderBy(suspect => suspect.Fit).ThenBy(suspect => suspect.Records[0])];
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
