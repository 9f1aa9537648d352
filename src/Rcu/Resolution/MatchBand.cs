namespace Rcu.Resolution;

/// <summary>How sure the engine is of a pair, in words.</summary>
public enum MatchBand
{
    Certain,
    Probable,
    Doubtful,
}

/// <summary>Where one band ends and the next begins.</summary>
public static class MatchBands
{
    public const double Certain = .98;
    public const double Probable = .85;

    public static MatchBand Of(double probability) =>
        probability >= Certain ? MatchBand.Certain : probability >= Probable ? MatchBand.Probable : MatchBand.Doubtful;
}
