using Rcu.Matching.Clustering;
using Rcu.Matching.Scoring;

namespace Rcu.Matching;

/// <summary>Resolves records into entities. The answer depends on the records alone: not on their order, nor on the threads.</summary>
public static class Matcher
{
    // Pairs are kept from this far below the review cut, so that a lower cut can be tried without comparing again.
    private const double BitsBelowReview = 4;

    /// <summary>Normalises and keys the records without comparing them: enough to look others up in them.</summary>
    public static MatchIndex Index(
        IRecordStream records,
        MatchSettings settings,
        IReadOnlyList<(string, string)>? sirenAliases = null,
        CancellationToken ct = default) => new(records, settings, sirenAliases, ct);

    /// <summary>Resolves what a stream gives, read to its end. Answers name records by their place in the stream.</summary>
    public static MatchResult Run(
        IRecordStream records,
        MatchSettings settings,
        IReadOnlyList<Decision> decisions,
        IReadOnlyList<(string, string)>? sirenAliases = null,
        IProgress<double>? progress = null,
        CancellationToken ct = default)
    {
        var index = new MatchIndex(records, settings, sirenAliases, ct);
        progress?.Report(.4);
        var search = index.Blocks();
        var names = index.Evidence.NamesOf(index.Count, index.Options);
        search.Complete(settings.PairBudgetPerRecord, row => names[row], index.Options);
        var verdicts = new Verdicts(index, decisions);
        if (settings.Trains && settings.Model is null)
        {
            index.Model = new Trainer(index, search, verdicts).Train();
        }

        progress?.Report(.5);
        var floor = FloorOf(settings);
        var (pairs, found) = PairSearch.Run(index, search, floor, progress is null ? null : new Part(progress, .5, .4), index.Options);
        var judge = new PairJudge(index, settings, index.Model, verdicts);
        var result = PairJoiner.Join(index, judge, pairs, search.Report(found));
        progress?.Report(1);
        return result;
    }

    /// <summary>The least weight a pair is kept for.</summary>
    internal static double FloorOf(MatchSettings settings) => Model.BitsOf(settings.ReviewThreshold) - BitsBelowReview;

    private sealed class Part(IProgress<double> whole, double from, double share) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + (share * value));
    }
}
