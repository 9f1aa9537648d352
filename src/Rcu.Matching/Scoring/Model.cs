using Rcu.Matching.Comparisons;

namespace Rcu.Matching.Scoring;

/// <summary>The weights in force: a prior in bits and one weight per level of each comparison. Frozen once a run has them.</summary>
internal sealed class Model
{
    // A small set is taken for a sample of at least this many entities: two records alone prove little.
    public const int LeastPopulation = 4096;

    private readonly double[][] _weights;
    private readonly Comparison[] _comparisons;

    public Model(Comparison[] comparisons, double[][] shares, int rows, double twinsPerRecord)
    {
        _comparisons = comparisons;
        Shares = shares;
        Prior = Math.Log2(twinsPerRecord) - Math.Log2(rows + LeastPopulation);
        _weights = [.. comparisons.Select((comparison, i) => comparison.Levels
            .Select((level, j) => j == 0 ? 0 : Math.Log2(shares[i][j] / level.U)).ToArray())];
    }

    public double Prior { get; }

    /// <summary>How often the records of one entity fall on each level.</summary>
    public double[][] Shares { get; }

    /// <summary>The weights the engine ships with. A company is in several sources more often than a person.</summary>
    public static Model Shipped(Comparison[] comparisons, int rows, EntityKind kind) => new(
        comparisons,
        [.. comparisons.Select(comparison => comparison.Levels.Select(level => level.M).ToArray())],
        rows,
        kind == EntityKind.Company ? 2 : 1);

    public double Score(int left, int right)
    {
        var total = Prior;
        for (var i = 0; i < _comparisons.Length; i++)
        {
            var level = _comparisons[i].Compare(left, right);
            total += level == 0 ? 0 : _weights[i][level] + FrequencyPart(i, level, left, right);
        }

        return total;
    }

    public (double Weight, double Frequency) Parts(int comparison, int level, int left, int right) =>
        level == 0 ? (0, 0) : (_weights[comparison][level], FrequencyPart(comparison, level, left, right));

    public static double Probability(double bits) => 1 / (1 + Math.Pow(2, -bits));

    private double FrequencyPart(int comparison, int level, int left, int right)
    {
        var compared = _comparisons[comparison];
        var known = compared.Levels[level];
        if (!known.ByFrequency)
        {
            return 0;
        }

        // However common the value, agreeing on it hardly speaks against.
        var part = compared.Bits(left, right, level) + Math.Log2(known.U);
        return Math.Max(part, -1 - _weights[comparison][level]);
    }
}
