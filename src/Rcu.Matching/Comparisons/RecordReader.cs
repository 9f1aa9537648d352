using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Rcu.Matching.Comparisons;

/// <summary>
/// Reads a stream to its end, batch by batch. Each comparison fills its own columns on one thread, so that nothing is
/// locked, while the next batch is read.
/// </summary>
internal static class RecordReader
{
    public static void Fill(IRecordStream stream, RecordKeys keys, ComparisonSet comparisons, ParallelOptions options)
    {
        var (batch, next) = (new RecordBatch(stream.Fields.Count), new RecordBatch(stream.Fields.Count));
        var ct = options.CancellationToken;
        var took = new long[comparisons.Stores.Count + 2];
        stream.Read(batch, ct);
        while (batch.Count > 0)
        {
            var (filled, following) = (batch, next);
            Action[] acts =
            [
                .. comparisons.Stores.Select(comparison => (Action)(() => Store(comparison, filled))),
                () => stream.Read(following, ct),
                () => keys.Add(filled),
            ];
            ct.ThrowIfCancellationRequested();

            // What took longest last time begins first, so that no thread waits for it in the end.
            Run([.. Enumerable.Range(0, acts.Length).OrderByDescending(act => took[act]).Select(act => Timed(acts[act], took, act))], options);
            comparisons.Rows.Append(batch.Count);
            batch.Clear();
            (batch, next) = (next, batch);
        }

        comparisons.Rows.Complete();
    }

    private static Action Timed(Action act, long[] took, int place) => () =>
    {
        var start = Stopwatch.GetTimestamp();
        act();
        took[place] = Stopwatch.GetTimestamp() - start;
    };

    // What one act threw is thrown as it was: a stream's own refusal reaches whoever asked.
    private static void Run(Action[] acts, ParallelOptions options)
    {
        try
        {
            Parallel.Invoke(options, acts);
        }
        catch (AggregateException thrown) when (thrown.InnerExceptions.Count > 0)
        {
            ExceptionDispatchInfo.Throw(thrown.Flatten().InnerExceptions[0]);
        }
    }

    private static void Store(Comparison comparison, RecordBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            comparison.Store(i, new RecordText(batch, i));
        }
    }
}
