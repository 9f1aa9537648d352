using Rcu.Matching.Blocking;
using Rcu.Matching.Clustering;

namespace Rcu.Matching.Scoring;

/// <summary>
/// Learns from the records themselves how often the values of one entity agree: one session of expectation–maximisation
/// per blocking rule, on the comparisons the rule does not decide, strangers being known from pairs taken at random
/// (Fellegi and Sunter, 1969; Winkler, 2000). Few pairs change little: what is shipped counts as some hundred pairs.
/// </summary>
internal sealed class Trainer(MatchIndex index, CandidateSearch search, Verdicts verdicts)
{
    private const int PairsPerSession = 20_000;
    private const int RandomPairs = 100_000;
    private const int Part = 4_096;
    private const int FewestPairs = 30;
    private const double TrustInStrangers = 2_000;
    private const double TrustInShares = 100;
    private const double MostPairsOfSession = 4_000;
    private const double MostChange = 16;

    // Companies of one name and one domain in two towns would teach that an entity is anywhere: what parts two companies
    // is hardly believed to happen more often than is shipped.
    private const double MostDoubt = 1.5;
    private const int PairsCounted = 60_000;
    private const int CountRounds = 4;
    private const double TrustInCount = 50;
    private const int LinkRounds = 20;
    private const double TrustInLinks = 5;
    private const double MostLinked = .98;
    private readonly Model _shipped = index.Model;

    public Model Train()
    {
        var strangers = Strangers();
        var counts = Zeros();
        double pairs = 0;
        var sessions = new (double Pairs, double[][] Counts)[search.Tables.Count];
        Parallel.For(0, sessions.Length, index.Options, rule => sessions[rule] = Learn(rule, strangers));
        foreach (var (found, told) in sessions)
        {
            pairs += found;
            Add(counts, told);
        }

        pairs += LearnFromDecisions(counts);
        var (shares, others) = pairs < FewestPairs ? (_shipped.Shares, _shipped.Strangers) : (Shares(counts), strangers);
        return WithTwins(new Model(index.Evidence.All, shares, others, _shipped.TwinsPerRecord, index.Count));
    }

    // How many pairs there are to find, from what a sample of the candidates weighs: the more there are, the likelier each.
    private Model WithTwins(Model model)
    {
        var sample = new PairSample(index, search, PairsCounted).Of(model);
        var twins = index.Settings.LinksLists ? LinkedTwins(sample, model) : Twins(sample, model);
        var weighed = new Model(index.Evidence.All, model.Shares, model.Strangers, twins, index.Count);
        var shift = DecisionShift.Of(weighed, verdicts);
        return new Model(index.Evidence.All, model.Shares, model.Strangers, twins * Math.Pow(2, shift), index.Count);
    }

    // What a person called the same is known to be one: it counts in full, for every comparison.
    private double LearnFromDecisions(double[][] counts)
    {
        foreach (var (left, right) in verdicts.Same)
        {
            var pattern = _shipped.Score(left, right).Pattern;
            for (var comparison = 0; comparison < counts.Length; comparison++)
            {
                counts[comparison][Model.LevelOf(pattern, comparison)]++;
            }
        }

        return verdicts.Same.Count;
    }

    private double Twins((List<(int Left, int Right, double Weight)> Pairs, double Part) sample, Model model)
    {
        var universe = (double)index.Count * (index.Count - 1) / 2;
        var twins = model.TwinsPerRecord;
        for (var round = 0; round < CountRounds && universe > 0; round++)
        {
            var shift = Math.Log2(twins / model.TwinsPerRecord);
            var expected = sample.Pairs.Sum(pair => Model.Probability(pair.Weight + shift)) / sample.Part;
            var told = expected / universe * (index.Count + Model.LeastPopulation);
            var trust = expected / (expected + TrustInCount);
            twins = Math.Pow(2, (trust * Math.Log2(Math.Max(told, 1e-3))) + ((1 - trust) * Math.Log2(model.TwinsPerRecord)));
            twins = Math.Clamp(twins, model.TwinsPerRecord / 8, model.TwinsPerRecord * 16);
        }

        return twins;
    }

    // A record of one list has one record of the other, or none: the more have one, the less a weak likeness has to prove.
    private double LinkedTwins((List<(int Left, int Right, double Weight)> Pairs, double Part) sample, Model model)
    {
        var sizes = Enumerable.Range(0, index.Count).CountBy(index.SourceCode).OrderBy(source => source.Value).ThenBy(source => source.Key).ToList();
        if (sizes.Count < 2)
        {
            return model.TwinsPerRecord;
        }

        var (fewer, others) = (sizes[0], index.Count - sizes[0].Value);
        var likenesses = sample.Pairs
            .GroupBy(pair => index.SourceCode(pair.Left) == fewer.Key ? pair.Left : pair.Right)
            .Where(group => index.SourceCode(group.Key) == fewer.Key)
            .Select(group => group.Sum(pair => Math.Pow(2, Math.Min(60, pair.Weight - model.Prior))) / others).ToList();
        var (records, linked) = (Math.Max(1, fewer.Value * sample.Part), .5);
        for (var round = 0; round < LinkRounds; round++)
        {
            var sum = likenesses.Sum(likeness => linked * likeness / ((linked * likeness) + 1 - linked));
            linked = Math.Min(MostLinked, (sum + TrustInLinks) / (records + (2 * TrustInLinks)));
        }

        return linked / (1 - linked) / others * (index.Count + Model.LeastPopulation);
    }

    private (double Pairs, double[][] Counts) Learn(int rule, double[][] strangers)
    {
        var (counts, table) = (Zeros(), search.Tables[rule].Rule);
        var learned = Learned(table);
        if (table.IsWide || learned.Length == 0)
        {
            return (0, counts);
        }

        var session = new TrainingSession(learned);
        Sample(rule, session);
        var own = Zeros();
        var pairs = session.Learn(_shipped.Shares, strangers, own);
        var weight = Math.Min(1, MostPairsOfSession / Math.Max(1, pairs));
        foreach (var comparison in learned)
        {
            for (var level = 1; level < own[comparison].Length; level++)
            {
                counts[comparison][level] = own[comparison][level] * weight;
            }
        }

        return (pairs, counts);
    }

    private static void Add(double[][] to, double[][] counts)
    {
        for (var comparison = 0; comparison < to.Length; comparison++)
        {
            for (var level = 0; level < to[comparison].Length; level++)
            {
                to[comparison][level] += counts[comparison][level];
            }
        }
    }

    // A proof or a contradiction is what it is in every set.
    private int[] Learned(BlockingRule rule) =>
    [
        .. index.Evidence.All.Index()
            .Where(one => !rule.About.Contains(one.Item.Name) && !one.Item.Levels.Any(level => level.Proves && !level.ByFrequency))
            .Select(one => one.Index),
    ];

    // Rows stand in an order of their own: every so many of them is a sample that does not depend on the input.
    private void Sample(int rule, TrainingSession session)
    {
        var table = search.Tables[rule];
        var step = (int)Math.Max(1, CandidateSearch.Cost(table, table.Cap) / PairsPerSession);
        for (var row = step - 1; row < index.Count && session.Pairs < PairsPerSession; row += step)
        {
            foreach (ref readonly var entry in search.Lists.Of(row))
            {
                if (entry.Rule == rule)
                {
                    SampleOf(search.Lists.Rows(entry), row, session);
                }
            }
        }
    }

    private void SampleOf(ReadOnlySpan<int> neighbours, int row, TrainingSession session)
    {
        foreach (var other in neighbours)
        {
            if (other < row && index.Evidence.Siren?.Differ(other, row) is not true)
            {
                session.Add(_shipped.Score(other, row).Pattern);
            }
        }
    }

    private double[][] Strangers()
    {
        var seen = Zeros();
        var rows = index.Count;
        var pairs = Math.Min(RandomPairs, (long)rows * (rows - 1) / 2);
        var parts = (int)((pairs + Part - 1) / Part);
        Parallel.For(0, parts, index.Options, Zeros, (part, _, own) =>
        {
            for (var i = (long)part * Part; i < Math.Min(pairs, (part + 1L) * Part); i++)
            {
                var left = (int)(i % rows);
                var right = (int)((left + 1 + (i / rows * 7919) + (i % 611)) % rows);
                var pattern = left == right ? 0 : _shipped.Score(Math.Min(left, right), Math.Max(left, right)).Pattern;
                for (var comparison = 0; comparison < own.Length; comparison++)
                {
                    own[comparison][Model.LevelOf(pattern, comparison)]++;
                }
            }

            return own;
        },
        own =>
        {
            lock (seen)
            {
                // Whole numbers: their order does not change the sum.
                Add(seen, own);
            }
        });
        return [.. seen.Select((levels, comparison) => Mixed(comparison, levels, _shipped.Strangers[comparison], TrustInStrangers))];
    }

    private double[][] Shares(double[][] counts) =>
    [
        .. counts.Select((levels, comparison) =>
        {
            var shipped = _shipped.Shares[comparison];
            return Mixed(comparison, levels, shipped, TrustInShares)
                .Select((share, level) => Math.Clamp(share, shipped[level] / MostChange, Most(comparison, level))).ToArray();
        }),
    ];

    private double Most(int comparison, int level)
    {
        var (share, stranger) = (_shipped.Shares[comparison][level], _shipped.Strangers[comparison][level]);
        return Math.Min(.999, share * (index.Kind == EntityKind.Company && share < stranger ? MostDoubt : MostChange));
    }

    private double[] Mixed(int comparison, double[] counts, double[] known, double trust)
    {
        var total = counts.Skip(1).Sum();
        return
        [
            .. counts.Select((count, level) => level == 0 ? 1
                : index.Evidence.All[comparison].Levels[level].IsFixed ? known[level] : (count + (trust * known[level])) / (total + trust)),
        ];
    }

    private double[][] Zeros() => [.. index.Evidence.All.Select(comparison => new double[comparison.Levels.Length])];
}
