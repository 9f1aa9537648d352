using System.Collections.Frozen;
using Rcu.Customers;
using Rcu.Identifiers;
using Rcu.Ingestion;
using Rcu.Ingestion.Reading;

namespace Rcu.Cleaning;

/// <summary>A record while its rules work on it: the raw values, the clean ones so far, and what was found to say.</summary>
internal sealed class Draft(IReadOnlyDictionary<string, string?> raw)
{
    // What people and programs write for "nothing".
    private static readonly FrozenSet<string> Blanks =
        new[] { "-", "--", "---", ".", "?", "null", "(null)", "n/a", "none", "undefined", "[nd]", "(vide)", "néant", "neant" }
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // What spreadsheets leave in the place of a value they could not compute, in French and in English.
    private static readonly FrozenSet<string> CellErrors =
        new[]
        {
            "#n/a", "#ref!", "#value!", "#valeur!", "#name?", "#nom?", "#div/0!", "#null!", "#nul!", "#num!", "#nombre!", "#spill!", "#calc!",
            "err:502", "err:508", "err:522",
        }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A value of one line holds at most so many characters: the longest official name of the register has 120, and a person's two names are still what an index keeps.</summary>
    private const int Longest = 400;

    /// <summary>A town's: the longest name of a commune has 45 (code officiel géographique). Indexes keep it beside another name.</summary>
    private const int LongestTown = 100;

    // Where people and tools write more than a line.
    private static readonly FrozenSet<string> Roomy =
        new[] { "subject", "event", "page", "text", "note", "label", "website", "linkedin", "opt_in_source", SaidPost.Field }.ToFrozenSet();

    private readonly Dictionary<string, string?> _raw = new(raw);
    private readonly Dictionary<string, string> _fields = [];
    private readonly List<Issue> _issues = [];
    private readonly HashSet<string> _read = [];

    /// <summary>The raw value without idle spaces; null when it says nothing.</summary>
    public string? Read(string field)
    {
        _read.Add(field);
        if (_raw.GetValueOrDefault(field)?.Tidied() is not { Length: > 0 } text)
        {
            return null;
        }

        if (CellErrors.Contains(text))
        {
            Warn(field, "text.cell_error", text, $"« {text} » est l'erreur d'une formule du tableur : la valeur manque.");
            return null;
        }

        if (IsTooLong(field, text))
        {
            Refuse(
                field, "text.too_long", RejectReason.Cut(text),
                $"{text.Length} caractères là où {MostOf(field)} suffisent : sans doute plusieurs cellules en une seule. La valeur reste dans la ligne d'origine.");
            return null;
        }

        return Blanks.Contains(text) ? null : text;
    }

    /// <summary>The fields the source gives whose names begin so.</summary>
    public IReadOnlyList<string> Named(string prefix) => [.. _raw.Keys.Where(field => field.StartsWith(prefix, StringComparison.Ordinal))];

    /// <summary>The raw value without idle spaces, by a rule that leaves it to another to read.</summary>
    public string? Peek(string field) =>
        _raw.GetValueOrDefault(field)?.Tidied() is { Length: > 0 } text && !Blanks.Contains(text) && !IsTooLong(field, text) ? text : null;

    /// <summary>Gives each of two fields the raw value of the other.</summary>
    public void Exchange(string one, string other) =>
        (_raw[one], _raw[other]) = (_raw.GetValueOrDefault(other), _raw.GetValueOrDefault(one));

    /// <summary>The raw value word for word; null when there is none.</summary>
    public string? Verbatim(string field)
    {
        _read.Add(field);
        return _raw.GetValueOrDefault(field) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }

    /// <summary>A raw value found inside another field (the postal code in front of a town): kept unless the source gives one itself.</summary>
    public void Supply(string field, string value)
    {
        if (string.IsNullOrWhiteSpace(_raw.GetValueOrDefault(field)))
        {
            _raw[field] = value;
        }
    }

    /// <summary>The clean value, once the rule that gives it has run.</summary>
    public string? this[string field] => _fields.GetValueOrDefault(field);

    public void Set(string field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _fields[field] = value;
        }
    }

    /// <summary>The value is kept, perhaps repaired, and a person should know.</summary>
    public void Warn(string field, string code, string? value, string message) => Say(field, code, value, Severity.Warning, message);

    /// <summary>Nothing can be made of the value: it stays in the source record only.</summary>
    public void Refuse(string field, string code, string? value, string message) => Say(field, code, value, Severity.Error, message);

    /// <summary>What no rule has read is kept as it came: a source may know more than the rules do.</summary>
    public CleanedRecord Finish()
    {
        foreach (var field in _raw.Keys.Where(field => !_read.Contains(field)).ToList())
        {
            Set(field, Read(field));
        }

        return new CleanedRecord(_fields, _issues);
    }

    private static int MostOf(string field) => field is "city" ? LongestTown : Longest;

    private static bool IsTooLong(string field, string text) =>
        text.Length > MostOf(field) && !Roomy.Contains(field) && !field.StartsWith(CustomField.Prefix, StringComparison.Ordinal);

    private void Say(string field, string code, string? value, Severity severity, string message)
    {
        if (!_issues.Exists(issue => issue.Field == field && issue.Code == code))
        {
            _issues.Add(new Issue(field, code, value, severity, message));
        }
    }
}
