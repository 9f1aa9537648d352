namespace Rcu.Resolution;

/// <summary>What other cuts would change, on the records as they are now. Nothing is saved.</summary>
/// <param name="Joined">Golden rows to come that would hold several of today's.</param>
/// <param name="Parted">Today's golden rows that would come apart.</param>
/// <param name="ToAutomatic">Pairs that would be joined without asking and are not today.</param>
/// <param name="ToReview">Pairs a person would be asked about and is not today.</param>
/// <param name="ToAside">Pairs that would be left aside and are not today.</param>
public sealed record CutTrial(
    ClusterKind Kind, Cuts InForce, Cuts Tried, int Records, TrialCounts Now, TrialCounts Then,
    int Joined, int Parted, int ToAutomatic, int ToReview, int ToAside, IReadOnlyList<TrialExample> Examples)
{
    public bool ChangesNothing => Joined + Parted + ToAutomatic + ToReview + ToAside == 0;
}

/// <summary>How many golden rows there are, pairs joined without asking, and pairs to ask about.</summary>
public sealed record TrialCounts(long Golden, long Automatic, long Review);

/// <summary>A pair whose fate would change, and why, in one French sentence.</summary>
public sealed record TrialExample(TrialChange Change, Guid LeftRecordId, Guid RightRecordId, double Probability, string Sentence)
{
    public MatchSide? Left { get; init; }

    public MatchSide? Right { get; init; }
}

/// <summary>What becomes of a pair under other cuts.</summary>
public enum TrialChange
{
    Joined,
    Parted,
    ToReview,
    ToAside,
}
