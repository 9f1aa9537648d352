namespace Rcu.Exploration;

/// <summary>How names are sorted for a French reader: « Éclair » between « Eau » and « Édredon », not after « Zinc ».</summary>
internal static class FrenchOrder
{
    public const string Collation = "fr-x-icu";
}
