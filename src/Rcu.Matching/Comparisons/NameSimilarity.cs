namespace Rcu.Matching.Comparisons;

/// <summary>How alike two company names are, from the strongest.</summary>
internal enum NameSimilarity
{
    Missing,
    Same,
    Near,
    Similar,
    Acronym,
    Partial,

    /// <summary>The same but for a number: "SCI du Port 1" and "SCI du Port 2".</summary>
    Numbered,

    /// <summary>The same but for a word that makes one the other's parent or property: "Dupont" and "Dupont Holding".</summary>
    Relative,
    Different,
}
