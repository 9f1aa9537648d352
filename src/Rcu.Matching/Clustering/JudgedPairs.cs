using System.Collections;
using Rcu.Matching.Scoring;

namespace Rcu.Matching.Clustering;

/// <summary>The pairs of an answer, the heaviest first, each made when it is asked for.</summary>
internal sealed class JudgedPairs(MatchIndex index, PairTable table) : IReadOnlyList<ScoredPair>
{
    public const byte ByDecision = byte.MaxValue;

    private readonly List<Judgement> _judged = [];
    private readonly int[] _joinedBy = new int[index.Count];
    private int[]? _order;
    private Dictionary<(int, int), int>? _byRows;

    private readonly record struct Judgement(int Left, int Right, double Weight, Band Band, byte Rule, string? Veto);

    /// <summary>All that was scored, what stayed below the review cut included.</summary>
    public PairTable Table => table;

    public int Count => _judged.Count;

    public ScoredPair this[int pair] => Made(Order[pair]);

    // Stable: those of one weight stay in row order.
    private int[] Order => _order ??= [.. Enumerable.Range(0, Count).OrderByDescending(i => _judged[i].Weight)];

    /// <summary>Adds a pair of rows; pairs come the heaviest first, but for those a person joined.</summary>
    public void Add(int left, int right, double weight, Band band, byte rule, string? veto)
    {
        _judged.Add(new Judgement(left, right, weight, band, rule, veto));
        if (band == Band.Automatic)
        {
            _joinedBy[left] = _joinedBy[left] == 0 ? Count : _joinedBy[left];
            _joinedBy[right] = _joinedBy[right] == 0 ? Count : _joinedBy[right];
        }
    }

    public ScoredPair? JoinedBy(int row) => _joinedBy[row] == 0 ? null : Made(_joinedBy[row] - 1);

    public ScoredPair? Of(int left, int right)
    {
        var byRows = _byRows ??= Enumerable.Range(0, Count).ToDictionary(i => (_judged[i].Left, _judged[i].Right));
        return byRows.TryGetValue(left < right ? (left, right) : (right, left), out var pair) ? Made(pair) : null;
    }

    public IEnumerator<ScoredPair> GetEnumerator() => Order.Select(Made).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ScoredPair Made(int pair)
    {
        var (left, right, weight, band, rule, veto) = _judged[pair];
        return new ScoredPair(index.IndexOf(left), index.IndexOf(right), weight, Model.Probability(weight), band, index.RuleName(rule), veto);
    }
}
