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
    Different,
}
