using System.Text.Json.Serialization;

namespace Rcu.Insight.Computed;

/// <summary>What is computed: a measure of some facts, over a window, under conditions, for each account, establishment, contact or group.</summary>
/// <param name="Over">The facts: a <see cref="FactSource"/> by its name.</param>
/// <param name="Field">What is added up, averaged, taken first or last, or told apart; null when facts are counted.</param>
/// <param name="Days">Only the facts of so many days before today, today included; null for all of them.</param>
/// <param name="Filters">Only the facts that meet all of these.</param>
/// <param name="Part">For a ratio: which of these facts are its upper part.</param>
public sealed record Formula(
    ComputedLevel Level,
    ComputedMeasure Measure,
    string Over,
    string? Field = null,
    int? Days = null,
    IReadOnlyList<FactFilter>? Filters = null,
    IReadOnlyList<FactFilter>? Part = null)
{
    [JsonIgnore]
    public IReadOnlyList<FactFilter> Kept => Filters ?? [];

    [JsonIgnore]
    public IReadOnlyList<FactFilter> Upper => Part ?? [];
}

/// <summary>A condition on one field of a fact.</summary>
public sealed record FactFilter(string Field, FactTest Test, string Value);

/// <summary>
/// Whose value it is. A group is an account with all those it hangs together with by capital. Formulas are kept with the number of
/// their level: a new one comes last.
/// </summary>
public enum ComputedLevel
{
    Account,
    Contact,
    Group,

    /// <summary>One place of an account: the facts that their source bears on a customer's record of that place.</summary>
    Establishment,
}

public enum ComputedMeasure
{
    Count,
    Sum,
    Average,
    Last,
    First,

    /// <summary>Facts a month, over the window, or since the first fact.</summary>
    Frequency,
    Distinct,

    /// <summary>The part of the facts, or of the sum of a field, that meets further conditions: 0 to 1.</summary>
    Ratio,
}

public enum FactTest
{
    Is,
    IsNot,

    /// <summary>One of several, parted by semicolons.</summary>
    OneOf,
    Contains,
    AtLeast,
    AtMost,
}
