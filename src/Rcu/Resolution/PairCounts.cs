using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>How many pairs a resolution joined, asks about, and refuses.</summary>
internal sealed class PairCounts
{
    public long Automatic { get; private set; }

    public long Review { get; private set; }

    public long Rejected { get; private set; }

    /// <summary>Whether the hub joined the two by itself, and not because a person said so.</summary>
    public static bool IsAutomatic(ScoredPair pair) => pair.Band is Band.Automatic && pair.Rule is not "decision";

    public void Add(ScoredPair pair)
    {
        Automatic += IsAutomatic(pair) ? 1 : 0;
        Review += pair.Band is Band.Review ? 1 : 0;
        Rejected += pair.Band is Band.Rejected ? 1 : 0;
    }
}
