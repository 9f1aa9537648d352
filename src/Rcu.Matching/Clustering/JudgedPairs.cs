using System.Collections;

namespace Rcu.Matching.Clustering;

/// <summary>The pairs of an answer, the heaviest first, each made when it is asked for.</summary>
internal sealed class JudgedPairs(MatchIndex index) : IReadOnlyList<ScoredPair>
{
    private readonly List<(int Left, int Right, double Weight, Band Band, string Rule, string? Veto)> _pairs = [];
    private readonly int[] _joinedBy = new int[index.Count];
    private int[]? _order;
    private Dictionary<(int, int), int>? _byRows;

    public int Count => _pairs.Count;

    public ScoredPair this[int pair] => Made(Order[pair]);

    private int[] Order => _order ??= [.. Enumerable.Range(0, Count).OrderByDescending(i => _pairs[i].Weight)];

    /// <summary>Adds a pair of rows; pairs come the heaviest first, but for those a person joined.</summary>
    public void Add(int left, int right, double weight, Band band, string rule, string? veto)
    {
        _pairs.Add((left, right, weight, band, rule, veto));
        if (band == Band.Automatic)
        {
            _joinedBy[left] = _joinedBy[left] == 0 ? Count : _joinedBy[left];
            _joinedBy[right] = _joinedBy[right] == 0 ? Count : _joinedBy[right];
        }
    }

    public ScoredPair? JoinedBy(int row) => _joinedBy[row] == 0 ? null : Made(_joinedBy[row] - 1);

    public ScoredPair? Of(int left, int right)
    {
        _byRows ??= Enumerable.Range(0, Count).ToDictionary(i => (_pairs[i].Left, _pairs[i].Right));
        return _byRows.TryGetValue(left < right ? (left, right) : (right, left), out var pair) ? Made(pair) : null;
    }

    public IEnumerator<ScoredPair> GetEnumerator() => Order.Select(Made).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ScoredPair Made(int pair)
    {
        var (left, right, weight, band, rule, veto) = _pairs[pair];
        return new ScoredPair(
            index.IndexOf(left), index.IndexOf(right), weight, Scoring.Model.Probability(weight), band, rule, veto);
    }
}
