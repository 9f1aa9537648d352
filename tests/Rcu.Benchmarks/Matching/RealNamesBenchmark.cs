using System.Runtime.CompilerServices;
using Rcu.Matching.Tests;

namespace Rcu.Benchmarks.Matching;

/// <summary>How well two real names of one company compare, on the half that no rule was tuned on, beside two strangers' names.</summary>
internal static class RealNamesBenchmark
{
    private static readonly string[] Levels = ["near", "similar", "acronym", "partial"];

    public static async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask.WaitAsync(ct);
        var (names, tuned) = (RealNames.ToReport, RealNames.ToTune);
        foreach (var level in Levels)
        {
            var recall = names.Recall(level);
            yield return new Figure($"matching.names.{level}", recall, "share of the pairs at this level or above", "the half for tuning", recall / tuned.Recall(level));
            foreach (var type in names.Types)
            {
                var one = names.Recall(level, type);
                yield return new Figure($"matching.names.{level}.{type}", one, "share of the pairs at this level or above", "the half for tuning", one / tuned.Recall(level, type));
            }

            yield return new Figure($"matching.names.{level}.strangers", names.FalseRate(level), "share of pairs of two companies at this level or above")
                .ValueAtMost(.001, hard: false);
        }
    }
}
