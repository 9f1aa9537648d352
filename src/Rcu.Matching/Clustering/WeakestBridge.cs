using Rcu.Matching.Scoring;

namespace Rcu.Matching.Clustering;

/// <summary>Where a cluster would part the easiest: the weakest of the pairs that are needed to hold all its rows together.</summary>
internal static class WeakestBridge
{
    // Every pair is weighed: of a larger cluster that would be long, and a person could not look at it anyway.
    private const int Largest = 150;

    public static WeakBridge? Of(MatchIndex index, Model model, List<int> rows)
    {
        if (rows.Count > Largest)
        {
            return null;
        }

        var (joinedTo, weights) = Held(model, rows);
        var weakest = Enumerable.Range(1, rows.Count - 1).MinBy(i => weights[i]);
        var side = Side(joinedTo, weakest);
        var parted = Enumerable.Range(0, rows.Count).Where(i => side[i] == (side.Count(s => s) * 2 <= rows.Count)).ToList();
        var (left, right) = (index.IndexOf(rows[joinedTo[weakest]]), index.IndexOf(rows[weakest]));
        return new WeakBridge(
            Math.Min(left, right), Math.Max(left, right), weights[weakest], [.. parted.Select(i => index.IndexOf(rows[i])).Order()]);
    }

    // The tree of the heaviest pairs, grown from the first row: for each other one, the row it hangs on and what they weigh.
    private static (int[] JoinedTo, double[] Weights) Held(Model model, List<int> rows)
    {
        var (joinedTo, weights, isIn) = (new int[rows.Count], new double[rows.Count], new bool[rows.Count]);
        Array.Fill(weights, double.NegativeInfinity);
        for (var (added, last) = (1, 0); added < rows.Count; added++)
        {
            isIn[last] = true;
            var heaviest = -1;
            for (var i = 0; i < rows.Count; i++)
            {
                if (isIn[i])
                {
                    continue;
                }

                var weight = model.Score(Math.Min(rows[last], rows[i]), Math.Max(rows[last], rows[i])).Weight;
                if (weight > weights[i])
                {
                    (weights[i], joinedTo[i]) = (weight, last);
                }

                heaviest = heaviest < 0 || weights[i] > weights[heaviest] ? i : heaviest;
            }

            last = heaviest;
        }

        return (joinedTo, weights);
    }

    // The rows that hang on one, itself included.
    private static bool[] Side(int[] joinedTo, int cut)
    {
        var side = new bool[joinedTo.Length];
        for (var i = 1; i < joinedTo.Length; i++)
        {
            var row = i;
            while (row != 0 && row != cut)
            {
                row = joinedTo[row];
            }

            side[i] = row == cut;
        }

        return side;
    }
}
