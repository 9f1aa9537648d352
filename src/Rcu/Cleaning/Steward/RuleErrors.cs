namespace Rcu.Cleaning.Steward;

/// <summary>Why a steward's rule is refused.</summary>
public static class RuleErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "rule.not_found", "This rule does not exist.");

    public static readonly Error Changed = new(ErrorKind.Conflict, "rule.changed", "Someone changed this rule meanwhile. Look at it again.");

    public static readonly Error PatternGoesBack = new(
        ErrorKind.Invalid, "rule.pattern_goes_back", "This expression looks ahead, behind or back at a group: it could take forever, and is not run.");

    public static readonly Error PatternTooLarge = new(
        ErrorKind.Invalid, "rule.pattern_too_large", "This expression repeats too much: at most 1,000 times, and 10,000 in all when repetitions are nested.");

    public static readonly Error NoBound = new(ErrorKind.Invalid, "rule.no_bound", "A range has at least one bound: a number, a date, or « aujourd'hui ».");

    public static readonly Error NoValue = new(ErrorKind.Invalid, "rule.no_value", "This test needs a value.");

    public static readonly Error NoOther = new(ErrorKind.Invalid, "rule.no_other", "This test compares two fields: choose the other one.");

    public static Error UnknownField(string field) =>
        new(ErrorKind.Invalid, "rule.unknown_field", $"Records of this kind have no field {field}.") { Values = [field] };

    public static Error BadPattern(string pattern, int offset) =>
        new(ErrorKind.Invalid, "rule.bad_pattern", $"This expression cannot be read: {pattern} (character {offset}).") { Values = [pattern, offset] };
}
