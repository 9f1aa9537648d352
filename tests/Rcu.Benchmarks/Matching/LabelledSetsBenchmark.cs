using System.Runtime.CompilerServices;

namespace Rcu.Benchmarks.Matching;

/// <summary>How right the engine is on public sets, no parameter set by hand, beside what equal names alone would find.</summary>
internal static class LabelledSetsBenchmark
{
    private const string Reference = "grouping on equal folded names";

    public static async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var set in LabelledSet.All)
        {
            await Task.CompletedTask.WaitAsync(ct);
            var entities = set.Entities();
            var plain = Answer.Clusters(set.ByName(), entities).F1;
            var answer = new Answer(set.Run(), entities);
            var (pairs, clusters) = (answer.Told(), answer.Clusters());
            var id = $"matching.sets.{set.Name}";
            yield return new Figure(id, pairs.F1, "pairwise F1 at the default threshold", Reference, pairs.F1 / plain).ValueAtLeast(set.Pairs, hard: false);
            yield return new Figure($"{id}.precision", pairs.Precision, "share of the pairs found");
            yield return new Figure($"{id}.recall", pairs.Recall, "share of the true pairs");
            yield return new Figure($"{id}.review", answer.Pairs(DedupeRun.Settings.ReviewThreshold).F1, "pairwise F1 down to the review threshold");
            var joined = new Figure($"{id}.clusters", clusters.F1, "pairwise F1 of the clusters", Reference, clusters.F1 / plain);
            yield return set.Clusters is { } least ? joined.ValueAtLeast(least, hard: false) : joined;
        }
    }
}
