using Rcu.Matching.Scoring;

namespace Rcu.Matching.Clustering;

/// <summary>The pairs of each row, as they come and go.</summary>
internal sealed class PairGraph
{
    private readonly PairTable _pairs;
    private readonly List<int> _first = [];
    private readonly List<(int Left, int Right)> _next = [];
    private readonly List<(Band Band, string? Veto, bool Gone)> _states = [];

    public PairGraph(PairTable pairs, int rows)
    {
        _pairs = pairs;
        Reserve(rows);
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            Link(pair);
        }
    }

    public PairTable Pairs => _pairs;

    public (Band Band, string? Veto) this[int pair]
    {
        get => (_states[pair].Band, _states[pair].Veto);
        set => _states[pair] = (value.Band, value.Veto, false);
    }

    public void Reserve(int rows)
    {
        while (_first.Count < rows)
        {
            _first.Add(-1);
        }
    }

    public int Add(int left, int right, byte rule, in PairScore score)
    {
        _pairs.Add(left, right, rule, score);
        Link(_pairs.Count - 1);
        return _pairs.Count - 1;
    }

    /// <summary>The pairs of a row that hold.</summary>
    public IEnumerable<int> Of(int row)
    {
        for (var pair = _first[row]; pair >= 0; pair = _pairs[pair].Left == row ? _next[pair].Left : _next[pair].Right)
        {
            if (!_states[pair].Gone)
            {
                yield return pair;
            }
        }
    }

    public int Other(int pair, int row) => _pairs[pair].Left == row ? _pairs[pair].Right : _pairs[pair].Left;

    public void Remove(int pair) => _states[pair] = (Band.Rejected, null, true);

    private void Link(int pair)
    {
        var (left, right) = (_pairs[pair].Left, _pairs[pair].Right);
        _next.Add((_first[left], _first[right]));
        (_first[left], _first[right]) = (pair, pair);
        _states.Add((Band.Review, null, false));
    }
}
