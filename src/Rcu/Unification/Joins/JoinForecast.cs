using Rcu.Customers;

namespace Rcu.Unification.Joins;

/// <summary>What two golden rows would be as one: every value with the rule that chooses it, and what it comes to.</summary>
/// <param name="SurvivorId">The older id, which stays.</param>
/// <param name="RetiredId">The other, which answers with the survivor; the same when they are one already.</param>
public sealed record JoinForecast(Guid SurvivorId, Guid RetiredId, string Name, IReadOnlyDictionary<string, ForecastValue> Values)
{
    /// <summary>E-mail addresses and telephones, or establishments: all are kept.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Together { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Whether the person may be reached once they are one: the most restrictive of what was said.</summary>
    public IReadOnlyList<ForecastReach> Reach { get; init; } = [];
}

/// <summary>The value a field would have.</summary>
/// <param name="Rule">As in <see cref="Survivor"/>.</param>
/// <param name="Lost">Other values that would no longer show.</param>
public sealed record ForecastValue(string Value, string Rule, string Source, int Lost);

/// <summary>What may be done with a channel: for each of the two today, and for the one they would be.</summary>
public sealed record ForecastReach(string Channel, Reach? One, Reach? Other, Reach Joined, string Why);
