using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>Why pairs are one, the last few kept: two records of one golden row mostly rest on the same pair.</summary>
/// <remarks>For one thread.</remarks>
internal sealed class PairReasons(Resolved result)
{
    private const int Most = 64;

    private readonly Dictionary<(int, int), LinkReasons> _last = [];

    public LinkReasons Of(ScoredPair pair)
    {
        if (_last.TryGetValue((pair.Left, pair.Right), out var known))
        {
            return known;
        }

        if (_last.Count == Most)
        {
            _last.Clear();
        }

        var why = result.Explain(pair);
        return _last[(pair.Left, pair.Right)] = LinkReasons.Of(why.Probability, why.Sentence, why.Evidence);
    }
}
