using System.Text.RegularExpressions;

namespace Rcu.Ingestion.Reading;

/// <summary>The line of totals below a table. A company may be called Total: such a line has nothing else but numbers.</summary>
internal static partial class TotalLine
{
    public static bool Is(string[] cells)
    {
        var words = cells.Where(cell => !string.IsNullOrWhiteSpace(cell) && !Number().IsMatch(cell)).Take(2).ToList();
        return words.Count == 1 && Word().IsMatch(words[0]) && cells.Any(cell => Number().IsMatch(cell));
    }

    [GeneratedRegex(@"^\s*(sous[- ]?)?total(\s+g[ée]n[ée]ral)?\s*:?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Word();

    [GeneratedRegex(@"^\s*[-+(]?[0-9][0-9\s.,]*(€|EUR|%)?\s*\)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
