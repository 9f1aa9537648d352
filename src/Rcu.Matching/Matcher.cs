using System.Text;
using Rcu.Matching.Blocking;
using Rcu.Matching.Clustering;
using Rcu.Matching.Scoring;

namespace Rcu.Matching;

/// <summary>Resolves records into entities. The answer depends on the records alone: not on their order, nor on the threads.</summary>
public static class Matcher
{
    /// <summary>Normalises and keys the records without comparing them: enough to look others up in them.</summary>
    public static MatchIndex Index(
        RecordSet records,
        MatchSettings settings,
        IReadOnlyList<(string, string)>? sirenAliases = null,
        CancellationToken ct = default) => new(records, settings, sirenAliases, ct);

    /// <summary>Resolves what a stream gives, once read to its end. Answers name records by their place in the stream.</summary>
    public static MatchResult Run(
        IRecordStream records,
        MatchSettings settings,
        IReadOnlyList<Decision> decisions,
        IReadOnlyList<(string, string)>? sirenAliases = null,
        IProgress<double>? progress = null,
        CancellationToken ct = default)
    {
        var set = new RecordSet(records.Kind, records.Fields);
        var batch = new RecordBatch(records.Fields.Count);
        for (records.Read(batch, ct); batch.Count > 0; records.Read(batch, ct))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                var record = i;
                set.Add(
                    Encoding.UTF8.GetString(batch.Key(i)),
                    Encoding.UTF8.GetString(batch.Source(i)),
                    [.. Enumerable.Range(0, records.Fields.Count).Select(field => Encoding.UTF8.GetString(batch.Value(record, field)))]);
            }

            batch.Clear();
        }

        return Run(set, settings, decisions, sirenAliases, progress, ct);
    }

    public static MatchResult Run(
        RecordSet records,
        MatchSettings settings,
        IReadOnlyList<Decision> decisions,
        IReadOnlyList<(string, string)>? sirenAliases = null,
        IProgress<double>? progress = null,
        CancellationToken ct = default)
    {
        var index = new MatchIndex(records, settings, sirenAliases, ct);
        progress?.Report(.4);
        var (candidates, report) = CandidatePairs.Find(index.Tables, records.Count, settings.PairBudgetPerRecord, ct);
        progress?.Report(.6);
        var verdicts = new Verdicts(index, decisions);
        var weights = PairScores.Of(index, candidates, ct);
        progress?.Report(.9);
        var result = new PairJoiner(index, verdicts).Join(candidates, weights, report);
        progress?.Report(1);
        return result;
    }
}
