namespace Rcu.Activation;

/// <summary>
/// When a change that a tool did not take is tried again: somewhere, anywhere, in a span that grows threefold each time up to eight
/// hours, so that a herd spreads; given up only after both three days and twelve tries.
/// </summary>
public static class Patience
{
    public const int Tries = 12;

    public static readonly TimeSpan Least = TimeSpan.FromHours(72);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    public static bool IsOver(int attempts, TimeSpan age) => attempts >= Tries && age >= Least;

    /// <param name="attempts">How many tries have failed, this one counted.</param>
    /// <param name="asked">What the tool asked for: never tried sooner.</param>
    /// <param name="scatter">0 to 1: drawn at random.</param>
    public static TimeSpan Next(int attempts, TimeSpan? asked, double scatter)
    {
        var span = First * Math.Pow(3, Math.Clamp(attempts - 1, 0, 9));
        var wait = (span < Longest ? span : Longest) * scatter;
        return asked > wait ? asked.Value : wait;
    }
}
