namespace Rcu.Matching;

/// <summary>Why two records are kept apart whatever their score: the codes of <see cref="ScoredPair.Veto"/>.</summary>
public static class Vetoes
{
    public const string Siren = "siren";

    public const string Decision = "decision";

    public const string Source = "source";

    /// <summary>Two mobiles or two mailboxes of one firm under one name: homonyms, unless a person says otherwise.</summary>
    public const string Contradiction = "contradiction";

    /// <summary>The groups that the pair would join do not fit together.</summary>
    public const string Bridge = "bridge";
}
