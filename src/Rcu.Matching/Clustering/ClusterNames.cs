namespace Rcu.Matching.Clustering;

/// <summary>A cluster is named by the record of it whose key comes first.</summary>
internal static class ClusterNames
{
    /// <summary>For each record, the record that names its cluster.</summary>
    public static int[] Of(MatchIndex index, Clusters clusters)
    {
        var clusterOf = new int[index.Count];
        for (var root = 0; root < clusterOf.Length; root++)
        {
            if (clusters.RootOf(root) != root)
            {
                continue;
            }

            var first = index.IndexOf(First(index, clusters, root));
            for (var row = root; row >= 0; row = clusters.Next(row))
            {
                clusterOf[index.IndexOf(row)] = first;
            }
        }

        return clusterOf;
    }

    private static int First(MatchIndex index, Clusters clusters, int root)
    {
        var first = root;
        for (var row = clusters.Next(root); row >= 0; row = clusters.Next(row))
        {
            var byKey = index.KeyBytes(row).SequenceCompareTo(index.KeyBytes(first));
            first = byKey < 0 || (byKey == 0 && index.IndexOf(row) < index.IndexOf(first)) ? row : first;
        }

        return first;
    }
}
