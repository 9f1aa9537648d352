namespace Rcu.Matching.Clustering;

/// <summary>The rows that may be in one cluster with some others, near or far: what has to be clustered again with them.</summary>
internal sealed class Component(Clusters clusters, PairGraph graph, PairJudge judge)
{
    public HashSet<int> Of(IEnumerable<int> rows)
    {
        var found = new HashSet<int>(rows);
        var open = new Queue<int>(found);
        while (open.TryDequeue(out var row))
        {
            foreach (var other in clusters.Members(clusters.RootOf(row)))
            {
                Reach(found, open, other);
            }

            foreach (var pair in graph.Of(row))
            {
                if (judge.WeightOf(graph.Pairs[pair].Score) >= judge.AutoFloor)
                {
                    Reach(found, open, graph.Other(pair, row));
                }
            }

            foreach (var other in judge.Verdicts.JoinedTo(row))
            {
                Reach(found, open, other);
            }
        }

        return found;
    }

    private static void Reach(HashSet<int> found, Queue<int> open, int row)
    {
        if (found.Add(row))
        {
            open.Enqueue(row);
        }
    }
}
