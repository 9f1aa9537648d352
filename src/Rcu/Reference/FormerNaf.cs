using System.Collections.Frozen;
using Rcu.Identifiers;

namespace Rcu.Reference;

/// <summary>
/// The activity lists that came before NAF rév. 2, which old files still bear: the NAF of 1993 and its rév. 1 of 2003 (three digits
/// and a letter), and the NAP of 1973 (four digits). Insee's lists; no official table of correspondence is delivered with the hub.
/// </summary>
public static class FormerNaf
{
    private const string Nap = "NAP";

    private static readonly FrozenDictionary<string, FormerCode> Codes = Load(edition => edition != Nap);

    private static readonly FrozenDictionary<string, FormerCode> NapCodes = Load(edition => edition == Nap);

    // What bears the very same label in the list in force, when one code does.
    private static readonly FrozenDictionary<string, string> ByLabel = Naf.All
        .GroupBy(code => Bare(code.Label)).Where(same => same.Count() == 1)
        .ToFrozenDictionary(same => same.Key, same => same.Single().Code);

    /// <summary>A code of the NAF of 1993 or of rév. 1, written with or without its dot and the « p » of Insee's list; null when it is neither.</summary>
    public static FormerCode? Find(string text) => Codes.GetValueOrDefault(Key(text));

    /// <summary>A code of the NAP of 1973.</summary>
    public static FormerCode? FindNap(string text) => NapCodes.GetValueOrDefault(Key(text));

    /// <summary>The rév. 2 code that bears the same label; null when none does, or when the editions of the former code lead to several.</summary>
    public static string? Follower(FormerCode code) =>
        code.Labels.Select(label => ByLabel.GetValueOrDefault(Bare(label))).OfType<string>().Distinct().ToList() is [var only] ? only : null;

    private static string Key(string text) => text.Compact().ToUpperInvariant() is [.., 'P'] key && key.Length == 5 ? key[..4] : text.Compact().ToUpperInvariant();

    private static string Bare(string label) => string.Concat(label.Folded().ToUpperInvariant().Where(char.IsLetterOrDigit));

    private static FrozenDictionary<string, FormerCode> Load(Func<string, bool> edition) => ReferenceTable.Read("naf_anciennes")
        .Select(row => (Edition: row("edition"), Code: row("code"), Label: row("libelle")))
        .Where(row => edition(row.Edition))
        .GroupBy(row => Key(row.Code))
        .ToFrozenDictionary(
            same => same.Key,
            same => new FormerCode(same.First().Code, [.. same.Select(row => row.Label).Distinct()], string.Join(" ou ", same.Select(row => row.Edition).Reverse())));
}

/// <summary>An activity as a former list has it.</summary>
/// <param name="Code">With its dot.</param>
/// <param name="Labels">The newest edition first.</param>
/// <param name="Edition">In French, to be read after « NAF »: the lists that hold it.</param>
public sealed record FormerCode(string Code, IReadOnlyList<string> Labels, string Edition);
