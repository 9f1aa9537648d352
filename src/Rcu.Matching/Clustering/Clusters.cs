namespace Rcu.Matching.Clustering;

/// <summary>
/// Groups of rows, joined strongest edge first. A join that would break a veto anywhere between the two groups is
/// refused, so that no chain of good pairs brings together what must stay apart.
/// </summary>
internal sealed class Clusters
{
    private const int Sample = 6;
    private readonly MatchIndex _index;
    private readonly Verdicts _verdicts;
    private readonly int[] _parent;
    private readonly int[] _last;
    private readonly int[] _next;
    private readonly int[] _siren;
    private readonly Dictionary<int, int> _sameSiren = [];

    public Clusters(MatchIndex index, Verdicts verdicts)
    {
        (_index, _verdicts) = (index, verdicts);
        var rows = index.Records.Count;
        _parent = new int[rows];
        _last = new int[rows];
        _next = new int[rows];
        _siren = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            _parent[row] = row;
            _last[row] = row;
            _next[row] = -1;
            _siren[row] = index.Evidence.Siren?.Valid(row) ?? 0;
        }
    }

    public int RootOf(int row)
    {
        while (_parent[row] != row)
        {
            _parent[row] = _parent[_parent[row]];
            row = _parent[row];
        }

        return row;
    }

    /// <summary>Joins what a steward called the same: only a contrary decision stands against it.</summary>
    public string? Force(int left, int right)
    {
        var (a, b) = (RootOf(left), RootOf(right));
        if (a == b)
        {
            return null;
        }

        if (_verdicts.Part(Members(a), Members(b)))
        {
            return Vetoes.Decision;
        }

        if (_siren[a] != _siren[b] && _siren[a] != 0 && _siren[b] != 0)
        {
            _sameSiren[Math.Max(SirenOf(a), SirenOf(b))] = Math.Min(SirenOf(a), SirenOf(b));
        }

        Union(a, b);
        return null;
    }

    /// <summary>Joins the groups of two rows, or says which veto forbids it.</summary>
    public string? Join(int left, int right)
    {
        var (a, b) = (RootOf(left), RootOf(right));
        if (a == b)
        {
            return null;
        }

        var sirens = (A: SirenOf(a), B: SirenOf(b));
        if (sirens.A != 0 && sirens.B != 0 && sirens.A != sirens.B)
        {
            return Vetoes.Siren;
        }

        if (_verdicts.Part(Members(a), Members(b)))
        {
            return Vetoes.Decision;
        }

        if (_index.Settings.SourcesWithoutDuplicates.Count > 0 && ShareSource(a, b))
        {
            return Vetoes.Source;
        }

        if ((sirens.A == 0 || sirens.A != sirens.B) && IsBridge(a, b))
        {
            return Vetoes.Bridge;
        }

        Union(a, b);
        return null;
    }

    // A steward who joins two numbers makes them one for the rest of the run.
    private int SirenOf(int root)
    {
        var siren = _siren[root];
        while (_sameSiren.TryGetValue(siren, out var same) && same != siren)
        {
            siren = same;
        }

        return siren;
    }

    private IEnumerable<int> Members(int root)
    {
        for (var row = root; row >= 0; row = _next[row])
        {
            yield return row;
        }
    }

    private bool ShareSource(int a, int b)
    {
        var sources = Members(a).Select(_index.SourceOf)
            .Where(_index.Settings.SourcesWithoutDuplicates.Contains).ToHashSet(StringComparer.Ordinal);
        return sources.Count > 0 && Members(b).Any(row => sources.Contains(_index.SourceOf(row)));
    }

    // One strong pair between two groups whose other members do not fit is a bridge, not a join.
    private bool IsBridge(int a, int b)
    {
        if (_next[a] < 0 && _next[b] < 0)
        {
            return false;
        }

        var (sum, count) = (0.0, 0);
        foreach (var left in Members(a).Take(Sample))
        {
            foreach (var right in Members(b).Take(Sample))
            {
                if (_index.Evidence.Contradict(left, right))
                {
                    return true;
                }

                sum += _index.Model.Score(left, right) - _index.Model.Prior;
                count++;
            }
        }

        return sum / count < 0;
    }

    // The root is the smallest row, and members stay in a list from it.
    private void Union(int a, int b)
    {
        var (root, other) = a < b ? (a, b) : (b, a);
        _parent[other] = root;
        _next[_last[root]] = other;
        _last[root] = _last[other];
        _siren[root] = _siren[root] != 0 ? _siren[root] : _siren[other];
    }
}
