namespace Rcu.Matching;

/// <summary>Why two records are kept apart whatever their score: the codes of <see cref="ScoredPair.Veto"/>.</summary>
public static class Vetoes
{
    public const string Siren = "siren";

    public const string Decision = "decision";

    public const string Source = "source";

    public const string Bridge = "bridge";
}
