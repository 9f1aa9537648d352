namespace Rcu.Matching.Clustering;

/// <summary>The stewards' decisions between the rows of a run; of two on one pair, the last counts.</summary>
internal sealed class Verdicts
{
    private readonly Dictionary<int, List<int>> _apart = [];

    public Verdicts(MatchIndex index, IReadOnlyList<Decision> decisions)
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        if (decisions.Count > 0)
        {
            for (var row = 0; row < index.Records.Count; row++)
            {
                rows.TryAdd(index.KeyOf(row), row);
            }
        }

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
        foreach (var ((left, right), verdict) in verdicts)
        {
            if (verdict == Verdict.Different)
            {
                Add(left, right);
                Add(right, left);
            }
        }
    }

    /// <summary>The pairs to join, in key order.</summary>
    public IReadOnlyList<(int Left, int Right)> Same { get; }

    public bool Part(int left, int right) => _apart.TryGetValue(left, out var others) && others.Contains(right);

    public bool Part(IEnumerable<int> left, IEnumerable<int> right)
    {
        if (_apart.Count == 0)
        {
            return false;
        }

        var others = right.ToHashSet();
        return left.Any(row => _apart.TryGetValue(row, out var apart) && apart.Any(others.Contains));
    }

    private void Add(int from, int to)
    {
        if (!_apart.TryGetValue(from, out var others))
        {
            _apart[from] = others = [];
        }

        others.Add(to);
    }
}
