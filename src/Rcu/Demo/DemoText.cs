using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Rcu.Demo;

/// <summary>How the demonstration writes a text: without accents, as the register does, as an address on the web.</summary>
internal static partial class DemoText
{
    public static string WithoutAccents(string text)
    {
        var letters = text.Replace("œ", "oe").Replace("Œ", "OE").Replace('’', '\'').Normalize(NormalizationForm.FormD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
        return string.Concat(letters);
    }

    public static string Upper(string text) => text.ToUpperInvariant();

    /// <summary>Upper case, no accent, no punctuation: how the register writes a name.</summary>
    public static string Register(string text) =>
        Spaces().Replace(Upper(WithoutAccents(text)).Replace('\'', ' ').Replace('-', ' ').Replace('&', ' '), " ").Trim();

    /// <summary>Lower-case letters and digits only, words joined by <paramref name="separator"/>.</summary>
    public static string Slug(string text, string separator = "-") =>
        NotInSlug().Replace(WithoutAccents(text).ToLowerInvariant(), separator).Trim('-');

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInSlug();
}
