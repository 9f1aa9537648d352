namespace Rcu.Insight.Computed;

/// <summary>Why a computed attribute is refused.</summary>
public static class ComputedErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "computed.not_found", "There is no such computed attribute.");

    public static readonly Error Changed =
        new(ErrorKind.Stale, "computed.changed", "The attribute was changed meanwhile: look at the last version, then change it again.");

    public static readonly Error TooSlow =
        new(ErrorKind.Unavailable, "computed.too_slow", "The preview takes more than ten seconds: narrow the window or add a condition.");

    public static Error UnknownSource(string name) =>
        new(ErrorKind.Invalid, "computed.unknown_source", $"There are no facts called '{name}'.") { Values = [name] };

    public static Error UnknownField(string source, string field) =>
        new(ErrorKind.Invalid, "computed.unknown_field", $"'{source}' has no field '{field}'.") { Values = [source, field] };

    public static Error WrongField(string field, ComputedMeasure measure) =>
        new(ErrorKind.Invalid, "computed.wrong_field", $"'{measure}' cannot be made of '{field}'.") { Values = [field, $"{measure}"] };

    public static Error WrongTest(string field, FactTest test) =>
        new(ErrorKind.Invalid, "computed.wrong_test", $"'{field}' is not compared by '{test}'.") { Values = [field, $"{test}"] };

    public static Error WrongValue(string field, string value) =>
        new(ErrorKind.Invalid, "computed.wrong_value", $"'{value}' is no value of '{field}'.") { Values = [field, value] };

    public static readonly Error NoPart =
        new(ErrorKind.Invalid, "computed.no_part", "A ratio needs a condition for its upper part.");
}
