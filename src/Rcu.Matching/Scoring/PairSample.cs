using Rcu.Matching.Blocking;

namespace Rcu.Matching.Scoring;

/// <summary>The candidates of a part of the rows, weighed. The rows stand in an order of their own: the part is the same whatever the input's.</summary>
internal sealed class PairSample(MatchIndex index, CandidateSearch search, int pairs)
{
    private const double Floor = -14;

    /// <summary>The pairs that weigh something, and the part of all rows they come from.</summary>
    public (List<(int Left, int Right, double Weight)> Pairs, double Part) Of(Model model)
    {
        var step = (int)Math.Max(1, search.Tables.Sum(table => CandidateSearch.Cost(table, table.Cap)) / pairs);
        var weighed = new List<(int, int, double)>();
        var (seen, found, rules) = (new int[index.Count], new int[256], new byte[256]);
        for (var row = step - 1; row < index.Count; row += step)
        {
            var count = search.Find(row, seen, ref found, ref rules);
            for (var i = 0; i < count; i++)
            {
                if (IsPossible(found[i], row) && model.Score(found[i], row, Floor, out var score))
                {
                    weighed.Add((found[i], row, score.Weight));
                }
            }
        }

        return (weighed, 1.0 / step);
    }

    private bool IsPossible(int left, int right) => index.Evidence.Siren?.Differ(left, right) is not true
        && !(index.Settings.LinksLists && index.SourceCode(left) == index.SourceCode(right));
}
