namespace Rcu.Matching.Clustering;

/// <summary>The stewards' decisions between the rows of a run; of two on one pair, the last counts.</summary>
internal sealed class Verdicts
{
    private readonly Dictionary<int, List<int>> _apart = [];
    private readonly Dictionary<int, List<int>> _joined = [];

    public Verdicts(MatchIndex index, IReadOnlyList<Decision> decisions)
        : this(decisions, RowsOf(index, decisions))
    {
    }

    /// <param name="rows">The row of each key that a decision names.</param>
    public Verdicts(IReadOnlyList<Decision> decisions, Dictionary<string, int> rows)
    {
        var verdicts = new SortedDictionary<(int, int), Verdict>();
        foreach (var decision in decisions)
        {
            if (rows.TryGetValue(decision.LeftKey, out var left) && rows.TryGetValue(decision.RightKey, out var right)
                && left != right)
            {
                verdicts[left < right ? (left, right) : (right, left)] = decision.Verdict;
            }
        }

        Same = [.. verdicts.Where(entry => entry.Value == Verdict.Same).Select(entry => entry.Key)];
        Different = [.. verdicts.Where(entry => entry.Value == Verdict.Different).Select(entry => entry.Key)];
        foreach (var ((left, right), verdict) in verdicts)
        {
            var kind = verdict == Verdict.Different ? _apart : _joined;
            Add(kind, left, right);
            Add(kind, right, left);
        }
    }

    /// <summary>The pairs to join, in row order.</summary>
    public IReadOnlyList<(int Left, int Right)> Same { get; }

    /// <summary>The pairs to keep apart, in row order.</summary>
    public IReadOnlyList<(int Left, int Right)> Different { get; }

    public bool Any => _apart.Count > 0;

    /// <summary>The rows that some decision names.</summary>
    public IEnumerable<int> Rows => _apart.Keys.Concat(_joined.Keys);

    /// <summary>The rows that a decision joins to a row.</summary>
    public IReadOnlyList<int> JoinedTo(int row) => _joined.TryGetValue(row, out var others) ? others : [];

    public bool Part(int left, int right) => _apart.TryGetValue(left, out var others) && others.Contains(right);

    /// <summary>The rows that a decision keeps apart from a row.</summary>
    public IReadOnlyList<int> ApartFrom(int row) => _apart.TryGetValue(row, out var others) ? others : [];

    private static Dictionary<string, int> RowsOf(MatchIndex index, IReadOnlyList<Decision> decisions)
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        var named = decisions.SelectMany(decision => (string[])[decision.LeftKey, decision.RightKey]).ToHashSet(StringComparer.Ordinal);
        for (var row = 0; named.Count > 0 && row < index.Count; row++)
        {
            var key = index.KeyOf(row);
            if (named.Contains(key))
            {
                rows.TryAdd(key, row);
            }
        }

        return rows;
    }

    private static void Add(Dictionary<int, List<int>> kind, int from, int to)
    {
        if (!kind.TryGetValue(from, out var others))
        {
            kind[from] = others = [];
        }

        others.Add(to);
    }
}
