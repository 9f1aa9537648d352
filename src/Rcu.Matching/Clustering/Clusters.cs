using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Rcu.Matching.Clustering;

/// <summary>
/// Groups of rows, joined strongest edge first. A join that would break a veto anywhere between the two groups is
/// refused, so that no chain of good pairs brings together what must stay apart.
/// </summary>
internal sealed class Clusters
{
    private const int Sample = 6;
    private readonly MatchIndex _index;
    private PairJudge _judge;
    private readonly Dictionary<int, int> _sameSiren = [];
    private readonly NaturalParts _parts;
    private int[] _parent;
    private int[] _last;
    private int[] _next;
    private int[] _siren;

    public Clusters(MatchIndex index, PairJudge judge)
    {
        (_index, _judge, _parts) = (index, judge, new NaturalParts(this));
        var rows = index.Count;
        _parent = new int[rows];
        _last = new int[rows];
        _next = new int[rows];
        _siren = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            Part(row);
        }
    }

    /// <summary>Judges by other decisions from now on.</summary>
    public void Follow(PairJudge judge)
    {
        _judge = judge;
        _sameSiren.Clear();
    }

    /// <summary>Makes a row stand alone again. Every row of its group has to be parted with it.</summary>
    public void Part(int row)
    {
        if (row >= _parent.Length)
        {
            var size = row + (row / 2) + 1;
            Array.Resize(ref _parent, size);
            Array.Resize(ref _last, size);
            Array.Resize(ref _next, size);
            Array.Resize(ref _siren, size);
        }

        _parts.Forget(row);
        _parent[row] = row;
        _last[row] = row;
        _next[row] = -1;
        _siren[row] = _index.Evidence.Siren?.Valid(row) ?? 0;
    }

    /// <summary>Asks for the memory in which the root of a row is looked for.</summary>
    public unsafe void Prefetch(int row)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref _parent[row]));
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

    /// <summary>The next row of the same group, the root being the first; -1 after the last.</summary>
    public int Next(int row) => _next[row];

    public List<int> Members(int root)
    {
        var members = new List<int>();
        for (var row = root; row >= 0; row = _next[row])
        {
            members.Add(row);
        }

        return members;
    }

    /// <summary>Joins what a steward called the same: only a contrary decision stands against it.</summary>
    public string? Force(int left, int right)
    {
        var (a, b) = (RootOf(left), RootOf(right));
        if (a == b)
        {
            return null;
        }

        if (ArePartedByDecision(a, b))
        {
            return Vetoes.Decision;
        }

        if (_siren[a] != _siren[b] && _siren[a] != 0 && _siren[b] != 0)
        {
            _sameSiren[Math.Max(SirenOf(a), SirenOf(b))] = Math.Min(SirenOf(a), SirenOf(b));
        }

        _parts.Keep(a, b);
        Union(a, b);
        return null;
    }

    /// <summary>Joins the groups of two rows, or says which veto forbids it.</summary>
    public string? Join(int left, int right)
    {
        var (a, b) = (RootOf(left), RootOf(right));
        if (a == b && !_parts.Differ(left, right))
        {
            return null;
        }

        var veto = VetoBetween(a, b, left, right);
        if (veto is null)
        {
            _parts.Join(left, right);
        }

        if (veto is null && a != b)
        {
            Union(a, b);
        }

        return a == b ? null : veto;
    }

    private string? VetoBetween(int a, int b, int left, int right)
    {
        var sirens = (A: SirenOf(a), B: SirenOf(b));
        if (sirens.A != 0 && sirens.B != 0 && sirens.A != sirens.B)
        {
            return Vetoes.Siren;
        }

        if (ArePartedByDecision(a, b))
        {
            return Vetoes.Decision;
        }

        // Who fits what a person joined to others is not asked to fit the others too.
        var (ones, others) = _parts.Any(a, b) ? (_parts.Of(left), _parts.Of(right)) : (NaturalParts.All, NaturalParts.All);
        if (_judge.HasUniqueSources && ShareSource(a, ones, b, others))
        {
            return Vetoes.Source;
        }

        return (sirens.A == 0 || sirens.A != sirens.B) && IsBridge(a, ones, b, others) ? Vetoes.Bridge : null;
    }

    // A steward who joins two numbers makes them one for the rest of the run.
    private int SirenOf(int root)
    {
        var siren = _siren[root];
        while (_sameSiren.Count > 0 && _sameSiren.TryGetValue(siren, out var same) && same != siren)
        {
            siren = same;
        }

        return siren;
    }

    private bool ArePartedByDecision(int a, int b)
    {
        for (var row = a; _judge.Verdicts.Any && row >= 0; row = _next[row])
        {
            foreach (var other in _judge.Verdicts.ApartFrom(row))
            {
                if (RootOf(other) == b)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool ShareSource(int a, int ones, int b, int others)
    {
        for (var left = _parts.First(a, ones); left >= 0; left = _parts.Next(left, ones))
        {
            var source = _index.SourceCode(left);
            if (!_judge.IsUnique(source))
            {
                continue;
            }

            for (var right = _parts.First(b, others); right >= 0; right = _parts.Next(right, others))
            {
                if (_index.SourceCode(right) == source)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // One strong pair between two groups whose other members do not fit is a bridge, not a join.
    private bool IsBridge(int a, int ones, int b, int others)
    {
        var (first, start) = (_parts.First(a, ones), _parts.First(b, others));
        if (_parts.Next(first, ones) < 0 && _parts.Next(start, others) < 0)
        {
            return false;
        }

        var (sum, count, contradictions) = (0.0, 0, 0);
        for (var (left, i) = (first, 0); left >= 0 && i < Sample; left = _parts.Next(left, ones), i++)
        {
            for (var (right, j) = (start, 0); right >= 0 && j < Sample; right = _parts.Next(right, others), j++)
            {
                var score = _judge.Model.Score(left, right);
                contradictions += _judge.Model.Contradicts(score.Pattern) ? 1 : 0;
                sum += score.Weight - _judge.Model.Prior;
                count++;
            }
        }

        return sum < 0 || contradictions * 2 >= count;
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
