namespace Rcu.Matching.Comparisons;

/// <summary>One of the outcomes of a comparison, from the strongest agreement to plain difference.</summary>
/// <param name="M">How often the records of one entity fall on it.</param>
/// <param name="U">How often strangers do; for a level by frequency, with a value as common as usual.</param>
/// <param name="Contradicts">Enough, unless something proves the contrary, to keep two groups of records apart.</param>
/// <param name="IsFixed">Its shares are not learned: it says again what another comparison said.</param>
internal sealed record Level(
    string Name, double M, double U, bool ByFrequency = false, bool Contradicts = false, bool Proves = false, bool IsFixed = false)
{
    public static readonly Level Missing = new("missing", 1, 1);

    public double Weight => Math.Log2(M / U);
}
