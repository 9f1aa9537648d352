namespace Rcu.Resolution;

/// <summary>Pairs that hang together, as a steward meets them: one line for all the records of a company or a person.</summary>
/// <param name="Lead">The pair that comes first in the order asked for: it stands for the others.</param>
/// <param name="MatchIds">All of them, this one included, in no order.</param>
/// <param name="Golden">How many accounts or contacts they would make one of.</param>
public sealed record MatchGroup(MatchRow Lead, IReadOnlyList<Guid> MatchIds, int Golden)
{
    /// <summary>Those besides the two that are shown.</summary>
    public int Others => Math.Max(0, Golden - 2);
}
