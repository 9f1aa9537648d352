using Rcu.Customers;

namespace Rcu.Insight.Computed;

/// <summary>What a formula gives today.</summary>
/// <param name="Looked">Of how many accounts, establishments or contacts.</param>
/// <param name="Filled">How many have a value; the least, the middle and the greatest when they are numbers.</param>
/// <param name="Coverage">Of an establishment: how many facts are of one; null at the other levels, where each fact is of an account.</param>
public sealed record ComputedPreview(
    int Looked, int Filled, decimal? Least, decimal? Middle, decimal? Greatest, CustomValue Holds, IReadOnlyList<ComputedSample> Samples,
    ComputedCoverage? Coverage);

/// <summary>How many of the facts that a formula looks at its values are made of.</summary>
public sealed record ComputedCoverage(long Counted, long Facts);

/// <summary>One of those that have a value.</summary>
/// <param name="AccountId">Whose establishment it is; null for an account or a contact.</param>
public sealed record ComputedSample(Guid Id, string Name, decimal? Number, DateOnly? Day, string? Text, Guid? AccountId);
