namespace Rcu.Resolution;

/// <summary>A pair of the queue with its two records and what depends on them.</summary>
/// <param name="Left">Null when the record was taken back with its import.</param>
public sealed record MatchRow(Match Match, MatchSide? Left, MatchSide? Right, MatchStake Stake)
{
    public MatchBand Band => MatchBands.Of(Match.Probability);
}

/// <summary>What the accounts of a pair are worth together, as Insight last computed it.</summary>
public sealed record MatchStake(decimal Revenue12m, int OpenOpportunities, int Contacts)
{
    public static readonly MatchStake None = new(0, 0, 0);
}
