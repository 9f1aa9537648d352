namespace Rcu.Cleaning.Steward;

/// <summary>Something said of one field of a record, with one value or in comparison with another field.</summary>
/// <param name="Field">The canonical field, as Cleaning leaves it.</param>
/// <param name="Value">The expression, the list, or the lower bound; nothing when the test needs none.</param>
/// <param name="High">The upper bound of a range.</param>
/// <param name="Other">The field it is compared with.</param>
public sealed record RuleClause(string Field, RuleTest Test, string? Value = null, string? High = null, string? Other = null);

/// <summary>What can be said of a field. All but the first two say nothing of an empty one.</summary>
public enum RuleTest
{
    Filled,
    Empty,

    /// <summary>The whole value is written as a regular expression says.</summary>
    Matches,
    DoesNotMatch,

    /// <summary>The value is in a list, whatever its case.</summary>
    OneOf,
    NoneOf,

    /// <summary>A number or a date lies between two bounds, of which one may be left out.</summary>
    Between,

    /// <summary>How many characters it has.</summary>
    LengthBetween,
    SameAs,
    DiffersFrom,

    /// <summary>A number or a date that is greater than the other field's.</summary>
    After,
    NotBefore,
}
