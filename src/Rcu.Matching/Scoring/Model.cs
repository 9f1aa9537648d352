using System.Globalization;
using System.Text;
using Rcu.Matching.Comparisons;
using Rcu.Matching.Text;

namespace Rcu.Matching.Scoring;

/// <summary>The weights in force: a prior in bits and one weight per level of each comparison. Frozen once a run has them.</summary>
internal sealed class Model
{
    // A small set is taken for a sample of at least this many entities: two records alone prove little.
    public const int LeastPopulation = 1024;

    private const int LevelBits = 4;
    private const ulong LevelMask = (1 << LevelBits) - 1;
    private readonly double[][] _weights;
    private readonly double[][] _usual;
    private readonly Comparison[] _comparisons;

    // Of the last comparison: the most its plain levels weigh, and the most share of its levels by frequency.
    private readonly double _mostSure;
    private readonly double _mostShare;

    /// <param name="shares">How often the records of one entity fall on each level.</param>
    /// <param name="strangers">How often strangers do.</param>
    public Model(Comparison[] comparisons, double[][] shares, double[][] strangers, double twinsPerRecord, int rows)
    {
        (_comparisons, Shares, Strangers, TwinsPerRecord) = (comparisons, shares, strangers, twinsPerRecord);
        Prior = Math.Log2(twinsPerRecord) - Math.Log2(rows + LeastPopulation);
        _weights = [.. comparisons.Select((comparison, i) => comparison.Levels
            .Select((_, j) => j == 0 ? 0 : Math.Log2(shares[i][j] / strangers[i][j])).ToArray())];
        _usual = [.. comparisons.Select((comparison, i) => comparison.Levels
            .Select((level, j) => level.ByFrequency ? Math.Log2(strangers[i][j]) : double.NaN).ToArray())];
        (_mostSure, _mostShare) = MostOfLast();
    }

    public double Prior { get; }

    public double TwinsPerRecord { get; }

    public double[][] Shares { get; }

    public double[][] Strangers { get; }

    /// <summary>How many comparisons a pattern has room for.</summary>
    public static int MostComparisons => 64 / LevelBits;

    /// <summary>The weights the engine ships with. A company is in several sources more often than a person.</summary>
    public static Model Shipped(Comparison[] comparisons, int rows, EntityKind kind) => new(
        comparisons,
        [.. comparisons.Select(comparison => comparison.Levels.Select(level => level.M).ToArray())],
        [.. comparisons.Select(comparison => comparison.Levels.Select(level => level.U).ToArray())],
        kind == EntityKind.Company ? 2 : 1,
        rows);

    /// <summary>Weights that were frozen before.</summary>
    public static Model Given(MatchModel model, Comparison[] comparisons, int rows) => new(
        comparisons, Figures(model, comparisons, level => level.M, level => level.M),
        Figures(model, comparisons, level => level.U, level => level.U), model.TwinsPerRecord, rows);

    public static double Probability(double bits) => 1 / (1 + Math.Pow(2, -bits));

    public static double BitsOf(double probability) => Math.Log2(probability / (1 - probability));

    public static int LevelOf(ulong pattern, int comparison) => (int)((pattern >> (comparison * LevelBits)) & LevelMask);

    public PairScore Score(int left, int right)
    {
        Score(left, right, double.NegativeInfinity, out var score);
        return score;
    }

    /// <summary>Scores a pair; false, at the least cost, when it cannot reach the floor.</summary>
    public bool Score(int left, int right, double floor, out PairScore score)
    {
        ulong pattern = 0;
        double weights = 0, frequency = 0;
        for (var i = 0; i < _comparisons.Length; i++)
        {
            // The last comparison is the dearest: it is made when it can still change something.
            if (i == _comparisons.Length - 1
                && Prior + weights + frequency + Math.Max(_mostSure, _mostShare + _comparisons[i].MostBits(left, right)) < floor)
            {
                score = default;
                return false;
            }

            var level = _comparisons[i].Compare(left, right, out var bits);
            if (level != 0)
            {
                pattern |= (ulong)level << (i * LevelBits);
                weights += _weights[i][level];
                frequency += FrequencyPart(i, level, bits);
            }
        }

        score = new PairScore(Prior + weights + frequency, frequency, pattern);
        return score.Weight >= floor;
    }

    public (double Weight, double Frequency) Parts(int comparison, int level, double bits) =>
        level == 0 ? (0, 0) : (_weights[comparison][level], FrequencyPart(comparison, level, bits));

    /// <summary>What a pattern weighs, with the rarity of the values as it was found.</summary>
    public double WeightOf(ulong pattern, double frequency)
    {
        double weights = 0;
        for (var i = 0; i < _comparisons.Length; i++)
        {
            var level = LevelOf(pattern, i);
            weights += level == 0 ? 0 : _weights[i][level];
        }

        return Prior + weights + frequency;
    }

    /// <summary>Whether something sets two records apart and nothing proves them one.</summary>
    public bool Contradicts(ulong pattern)
    {
        var contradicted = false;
        for (var i = 0; i < _comparisons.Length; i++)
        {
            var level = _comparisons[i].Levels[LevelOf(pattern, i)];
            if (level.Proves)
            {
                return false;
            }

            contradicted |= level.Contradicts;
        }

        return contradicted;
    }

    private (double Sure, double Share) MostOfLast()
    {
        var (sure, share) = (0.0, double.NegativeInfinity);
        var last = _comparisons.Length - 1;
        for (var j = 1; last >= 0 && j < _weights[last].Length; j++)
        {
            if (_comparisons[last].Levels[j].ByFrequency)
            {
                share = Math.Max(share, Math.Log2(Shares[last][j]));
            }
            else
            {
                sure = Math.Max(sure, _weights[last][j]);
            }
        }

        return (sure, share);
    }

    public MatchModel Frozen()
    {
        var fields = _comparisons.Select((comparison, i) => new ModelField(
            comparison.Name,
            [.. comparison.Levels.Skip(1).Select((level, j) => new ModelLevel(level.Name, Shares[i][j + 1], Strangers[i][j + 1]))])).ToList();
        var figures = string.Join(' ', fields.SelectMany(field => field.Levels.Select(level =>
            string.Create(CultureInfo.InvariantCulture, $"{field.Name} {level.Name} {level.M:R} {level.U:R}"))));
        var version = Hash.Of(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{TwinsPerRecord:R} {figures}")));
        return new MatchModel(version.ToString("x16", CultureInfo.InvariantCulture)[..12], TwinsPerRecord, fields);
    }

    private static double[][] Figures(
        MatchModel model, Comparison[] comparisons, Func<ModelLevel, double> given, Func<Level, double> shipped) =>
    [
        .. comparisons.Select(comparison =>
        {
            var levels = model.Fields.FirstOrDefault(field => field.Name == comparison.Name)?.Levels;
            return comparison.Levels.Select(level =>
                levels?.FirstOrDefault(one => one.Name == level.Name) is { } known ? given(known) : shipped(level)).ToArray();
        }),
    ];

    // However common the value, agreeing on it hardly speaks against.
    private double FrequencyPart(int comparison, int level, double bits)
    {
        var usual = _usual[comparison][level];
        return double.IsNaN(usual) ? 0 : Math.Max(bits + usual, -1 - _weights[comparison][level]);
    }
}
