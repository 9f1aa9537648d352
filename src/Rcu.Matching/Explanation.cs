namespace Rcu.Matching;

/// <summary>Why two records are, or are not, one: the prior, then each evidence with its two parts, add up to the total.</summary>
public sealed record Explanation(
    string LeftKey,
    string RightKey,
    double Prior,
    IReadOnlyList<Evidence> Evidence,
    double Total,
    double Probability,
    string Rule,
    string? Veto)
{
    /// <summary>The same in one French sentence, for the person who has to judge.</summary>
    public string Sentence => FrenchSentence.Of(this);
}
