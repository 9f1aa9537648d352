using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Rcu.Identifiers;

namespace Rcu.Cleaning.Steward;

/// <summary>A clause ready to be asked of a million records: what it needs is read once.</summary>
internal sealed class CompiledClause
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy"];

    private readonly RuleClause _clause;
    private readonly Regex? _pattern;
    private readonly FrozenSet<string>? _list;
    private readonly decimal? _low;
    private readonly decimal? _high;

    private CompiledClause(RuleClause clause, Regex? pattern, FrozenSet<string>? list, decimal? low, decimal? high) =>
        (_clause, _pattern, _list, _low, _high) = (clause, pattern, list, low, high);

    public string Field => _clause.Field;

    /// <summary>Null and why, when a clause means nothing.</summary>
    /// <param name="today">What « aujourd'hui » stands for.</param>
    public static CompiledClause? Read(RuleClause clause, DateOnly today, out Error? refusal)
    {
        refusal = null;
        var (value, high) = (clause.Value?.Trim() ?? "", clause.High?.Trim() ?? "");
        switch (clause.Test)
        {
            case RuleTest.Filled or RuleTest.Empty:
                return new CompiledClause(clause, null, null, null, null);
            case RuleTest.Matches or RuleTest.DoesNotMatch:
                refusal = value.Length == 0 ? RuleErrors.NoValue : null;
                return refusal is null && RulePattern.Read(value, out refusal) is { } pattern ? new CompiledClause(clause, pattern, null, null, null) : null;
            case RuleTest.OneOf or RuleTest.NoneOf:
                var list = value.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                refusal = list.Length == 0 ? RuleErrors.NoValue : null;
                return refusal is null ? new CompiledClause(clause, null, list.ToFrozenSet(StringComparer.OrdinalIgnoreCase), null, null) : null;
            case RuleTest.Between or RuleTest.LengthBetween:
                var (low, most) = (Bound(value, today), Bound(high, today));
                var readable = (value.Length == 0 || low is not null) && (high.Length == 0 || most is not null) && (low is not null || most is not null);
                refusal = readable ? null : RuleErrors.NoBound;
                return readable ? new CompiledClause(clause, null, null, low, most) : null;
            default:
                refusal = string.IsNullOrEmpty(clause.Other) ? RuleErrors.NoOther : null;
                return refusal is null ? new CompiledClause(clause, null, null, null, null) : null;
        }
    }

    /// <summary>Whether the record is as the clause says; null when the field is empty or cannot be compared, and it says nothing.</summary>
    public bool? Holds(IReadOnlyDictionary<string, string> fields)
    {
        var value = fields.GetValueOrDefault(_clause.Field);
        if (_clause.Test is RuleTest.Filled or RuleTest.Empty)
        {
            return string.IsNullOrEmpty(value) == _clause.Test is RuleTest.Empty;
        }

        return string.IsNullOrEmpty(value) ? null : _clause.Test switch
        {
            RuleTest.Matches => Matches(value),
            RuleTest.DoesNotMatch => !Matches(value),
            RuleTest.OneOf => _list!.Contains(value),
            RuleTest.NoneOf => !_list!.Contains(value),
            RuleTest.Between => Number(value) is { } number ? Inside(number) : null,
            RuleTest.LengthBetween => Inside(value.Length),
            _ => fields.GetValueOrDefault(_clause.Other!) is { Length: > 0 } other ? Compare(value, other) : null,
        };
    }

    private bool? Matches(string value)
    {
        try
        {
            return _pattern!.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return null; // a value so long that nothing can be said of it in time
        }
    }

    private bool? Compare(string value, string other)
    {
        if (_clause.Test is RuleTest.SameAs or RuleTest.DiffersFrom)
        {
            return (value.Folded() == other.Folded()) == _clause.Test is RuleTest.SameAs;
        }

        return Number(value) is { } one && Number(other) is { } two ? (_clause.Test is RuleTest.After ? one > two : one >= two) : null;
    }

    private bool Inside(decimal number) => (_low is not { } low || number >= low) && (_high is not { } high || number <= high);

    private static decimal? Bound(string text, DateOnly today) =>
        text.Length == 0 ? null
        : text.Folded() is "AUJOURD HUI" or "AUJOURDHUI" or "TODAY" ? today.DayNumber
        : DateOnly.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.DayNumber
        : decimal.TryParse(text.Replace(" ", "", StringComparison.Ordinal).Replace(',', '.'), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number
        : null;

    // Clean dates and instants begin with the day; clean amounts have a point.
    private static decimal? Number(string text) =>
        text.Length >= 10 && text[4] == '-' && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.DayNumber
        : decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number
        : null;
}
