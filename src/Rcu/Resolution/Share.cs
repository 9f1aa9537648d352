namespace Rcu.Resolution;

/// <summary>A share measured on a sample, with the interval that holds the true one 95 times in 100 (Wilson).</summary>
public sealed record Share(double Value, double Low, double High, int Sample)
{
    private const double Z = 1.959964;

    /// <summary>Null when nothing was judged: nothing is known.</summary>
    public static Share? Of(int right, int judged) => judged == 0 ? null : Of((double)right / judged, judged, judged);

    /// <param name="value">The share, between 0 and 1.</param>
    /// <param name="weight">How many independent judgements it is worth.</param>
    internal static Share Of(double value, double weight, int sample)
    {
        var spread = Z * Z / weight;
        var middle = (value + (spread / 2)) / (1 + spread);
        var half = Z / (1 + spread) * Math.Sqrt((value * (1 - value) / weight) + (spread / (4 * weight)));
        return new Share(value, Math.Max(0, middle - half), Math.Min(1, middle + half), sample);
    }
}
