namespace Rcu.Exploration;

/// <summary>How names are sorted for a French reader: « Éclair » between « Eau » and « Édredon », not after « Zinc ».</summary>
internal static class FrenchOrder
{
    public const string Collation = "fr-x-icu";

    // Sorts after every other letter: a rule of CLDR's root collation (UTS 35, part 5, « special-purpose collation values »).
    private const char Last = '\uFFFF';

    /// <summary>The stretch of the order in which everything that begins so stands, whatever its case.</summary>
    public static (string First, string Last) Beginning(string text)
    {
#pragma warning disable CA1308 // small letters come first in this order
        var first = text.Trim().ToLowerInvariant();
#pragma warning restore CA1308
        return (first, first + Last);
    }
}
