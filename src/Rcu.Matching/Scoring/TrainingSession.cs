namespace Rcu.Matching.Scoring;

/// <summary>The patterns of the pairs of one rule, and what they tell of the comparisons the rule does not decide.</summary>
internal sealed class TrainingSession(IReadOnlyCollection<int> learned)
{
    private const int Rounds = 40;
    private const double Trust = 40;
    private readonly Dictionary<ulong, int> _patterns = [];

    public int Pairs { get; private set; }

    public void Add(ulong pattern)
    {
        _patterns[pattern] = _patterns.GetValueOrDefault(pattern) + 1;
        Pairs++;
    }

    /// <summary>
    /// Expectation–maximisation with the shares of strangers fixed: adds to the expected counts of each level among the
    /// pairs that are one entity, and returns how many those are.
    /// </summary>
    public double Learn(double[][] shares, double[][] strangers, double[][] counts)
    {
        if (learned.Count == 0 || Pairs == 0)
        {
            return 0;
        }

        var patterns = _patterns.OrderBy(entry => entry.Key).ToList();
        var current = shares.Select(levels => levels.ToArray()).ToArray();
        var (share, expected) = (.5, shares.Select(levels => new double[levels.Length]).ToArray());
        for (var round = 0; round < Rounds; round++)
        {
            Array.ForEach(expected, levels => Array.Clear(levels));
            double sum = 0;
            foreach (var (pattern, count) in patterns)
            {
                var one = Chance(pattern, current, strangers, share) * count;
                sum += one;
                foreach (var comparison in learned)
                {
                    expected[comparison][Model.LevelOf(pattern, comparison)] += one;
                }
            }

            share = Math.Clamp(sum / Pairs, 1e-4, 1 - 1e-4);
            foreach (var comparison in learned)
            {
                Move(current[comparison], expected[comparison], shares[comparison]);
            }
        }

        foreach (var comparison in learned)
        {
            for (var level = 1; level < counts[comparison].Length; level++)
            {
                counts[comparison][level] += expected[comparison][level];
            }
        }

        return share * Pairs;
    }

    private double Chance(ulong pattern, double[][] shares, double[][] strangers, double share)
    {
        var (one, two) = (share, 1 - share);
        foreach (var comparison in learned)
        {
            var level = Model.LevelOf(pattern, comparison);
            if (level != 0)
            {
                one *= shares[comparison][level];
                two *= strangers[comparison][level];
            }
        }

        return one / (one + two);
    }

    // What was shipped counts as some pairs of its own.
    private static void Move(double[] current, double[] expected, double[] shipped)
    {
        var total = expected.Skip(1).Sum() + Trust;
        for (var level = 1; level < current.Length; level++)
        {
            current[level] = (expected[level] + (Trust * shipped[level])) / total;
        }
    }
}
