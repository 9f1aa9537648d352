using System.Collections.Frozen;
using Rcu.Identifiers;

namespace Rcu.Reference;

/// <summary>French legal forms (<c>SARL</c>, <c>S.A.S.</c>, <c>Société anonyme</c>…): recognised, and taken out of company names.</summary>
public static class LegalForms
{
    private static readonly LegalForm[] Forms = [.. ReferenceTable.Read("formes_juridiques_lexique").Select(row => new LegalForm(
        row("sigle"), row("developpe"), row("categories_insee_prefixes").Split('|'), row("variantes").Split('|'), row("retirer_du_nom") == "O"))];

    private static readonly FrozenDictionary<string, LegalForm> ByVariant = Forms
        .SelectMany(form => form.Variants.Append(form.Code).Append(form.Label).Select(variant => (Key: Key(variant), Form: form)))
        .DistinctBy(entry => entry.Key)
        .ToFrozenDictionary(entry => entry.Key, entry => entry.Form);

    // Short words that are also names or foreign endings: read as a form only where nothing else would stand.
    private static readonly FrozenSet<string> OnlyAtTheEnd =
        new[] { "SE", "SC", "EI", "AG", "BV", "NV", "KG", "OY", "AE", "SEM", "SICA" }.ToFrozenSet();

    private static readonly FrozenSet<string> NeverAlone = new[] { "AS", "AB", "SL", "SPA", "LDA", "APS", "DOO" }.ToFrozenSet();

    public static IReadOnlyList<LegalForm> All => Forms;

    /// <summary>From its acronym, with or without dots, its full name, or its four-digit INSEE category.</summary>
    public static LegalForm? Find(string? text) => text is null ? null
        : ByVariant.GetValueOrDefault(Key(text)) ?? (text.Compact().IsDigits(4) ? OfCategory(text.Compact()) : null);

    /// <summary>The form an INSEE category stands for: the longest prefix wins. An EURL is filed as a SARL since 5498 was retired.</summary>
    public static LegalForm? OfCategory(string category) => Forms
        .Where(form => form.Code != "EURL" || category == "5498")
        .SelectMany(form => form.CategoryPrefixes.Select(prefix => (prefix, form)))
        .Where(entry => category.StartsWith(entry.prefix, StringComparison.Ordinal))
        .OrderByDescending(entry => entry.prefix.Length)
        .Select(entry => entry.form)
        .FirstOrDefault();

    /// <summary>Splits a company name from the form written before or after it; the rest is never empty.</summary>
    public static (LegalForm? Form, string Bare) TakeOut(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var length = Math.Min(8, words.Length - 1); length > 0; length--)
        {
            if (FormOf(words[^length..], atEnd: true) is { } last)
            {
                return (last, Trimmed(words[..^length]) is { Length: > 0 } rest ? rest : name);
            }

            if (FormOf(words[..length], atEnd: false) is { } first)
            {
                return (first, Trimmed(words[length..]) is { Length: > 0 } rest ? rest : name);
            }
        }

        return (null, name);
    }

    private static LegalForm? FormOf(string[] words, bool atEnd)
    {
        var written = string.Join(' ', words);
        var key = Key(written);
        return !ByVariant.TryGetValue(key, out var form) || !form.IsTakenOut
            || NeverAlone.Contains(written.Trim(',', '(', ')').ToUpperInvariant())
            || (OnlyAtTheEnd.Contains(key) && !atEnd)
            || (key.Length == 2 && !written.IsShouted())
            ? null
            : form;
    }

    private static string Trimmed(string[] words) => string.Join(' ', words).Trim(' ', ',', '-', '(', ')', '/');

    // S.A.R.L., S A R L and SARL are one; full names keep their words.
    private static string Key(string variant)
    {
        var folded = variant.Folded();
        if (folded is [_, not ' ', ..])
        {
            return folded;
        }

        return folded.Split(' ').All(word => word.Length == 1) ? folded.Replace(" ", "", StringComparison.Ordinal) : folded;
    }
}

/// <summary>One legal form: short code, full name, the INSEE categories it covers, and how people write it.</summary>
public sealed record LegalForm(
    string Code, string Label, IReadOnlyList<string> CategoryPrefixes, IReadOnlyList<string> Variants, bool IsTakenOut);
