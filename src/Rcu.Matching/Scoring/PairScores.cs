using Rcu.Matching.Blocking;

namespace Rcu.Matching.Scoring;

/// <summary>The weight of every candidate pair, each at its own place whatever thread computes it.</summary>
internal static class PairScores
{
    private const int Chunk = 2048;

    public static double[] Of(MatchIndex index, List<CandidatePair> pairs, CancellationToken ct)
    {
        var weights = new double[pairs.Count];
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Math.Max(1, index.Settings.Threads),
            CancellationToken = ct,
        };
        Parallel.For(0, (pairs.Count + Chunk - 1) / Chunk, options, chunk =>
        {
            for (var i = chunk * Chunk; i < Math.Min(pairs.Count, (chunk + 1) * Chunk); i++)
            {
                weights[i] = index.Model.Score(pairs[i].Left, pairs[i].Right);
            }
        });
        return weights;
    }
}
