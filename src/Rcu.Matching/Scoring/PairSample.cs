using Rcu.Matching.Blocking;

namespace Rcu.Matching.Scoring;

/// <summary>The candidates of a part of the rows, weighed. The rows stand in an order of their own: the part is the same whatever the input's.</summary>
internal sealed class PairSample(MatchIndex index, CandidateSearch search, int pairs)
{
    private const double Floor = -14;
    private const int Part = 512;

    /// <summary>The pairs that weigh something, and the part of all rows they come from.</summary>
    public (List<(int Left, int Right, double Weight)> Pairs, double Part) Of(Model model)
    {
        var step = (int)Math.Max(1, search.Tables.Sum(table => CandidateSearch.Cost(table, table.Cap)) / pairs);
        var parts = new List<(int, int, double)>?[(index.Count / step / Part) + 1];
        Parallel.For(
            0,
            parts.Length,
            index.Options,
            () => (Seen: new int[index.Count], Found: new int[256], Rules: new byte[256]),
            (part, _, room) =>
            {
                var weighed = parts[part] = [];
                var last = Math.Min(index.Count, ((part + 1L) * Part * step) + step - 1);
                for (var row = ((long)part * Part * step) + step - 1; row < last; row += step)
                {
                    Weigh(model, (int)row, ref room, weighed);
                }

                return room;
            },
            _ => { });
        return ([.. parts.SelectMany(part => part!)], 1.0 / step);
    }

    private void Weigh(Model model, int row, ref (int[] Seen, int[] Found, byte[] Rules) room, List<(int, int, double)> weighed)
    {
        var count = search.Find(row, room.Seen, ref room.Found, ref room.Rules);
        for (var i = 0; i < count; i++)
        {
            if (IsPossible(room.Found[i], row) && model.Score(room.Found[i], row, Floor, out var score))
            {
                weighed.Add((room.Found[i], row, score.Weight));
            }
        }
    }

    private bool IsPossible(int left, int right) => index.Evidence.Siren?.Differ(left, right) is not true
        && !(index.Settings.LinksLists && index.SourceCode(left) == index.SourceCode(right));
}
