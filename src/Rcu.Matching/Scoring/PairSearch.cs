using Rcu.Matching.Blocking;

namespace Rcu.Matching.Scoring;

/// <summary>Finds and weighs the pairs of all records, some thousands of rows at a time; the order of threads changes nothing.</summary>
internal static class PairSearch
{
    private const int Chunk = 4096;

    public static (PairTable Pairs, long[] Found) Run(
        MatchIndex index, CandidateSearch search, double floor, IProgress<double>? progress, ParallelOptions options)
    {
        var rows = index.Count;
        var parts = new PairTable?[(rows + Chunk - 1) / Chunk];
        var found = new long[search.Tables.Count];
        var done = 0;
        Parallel.For(
            0,
            parts.Length,
            options,
            () => new Finder(index, search, rows),
            (part, _, finder) =>
            {
                parts[part] = finder.Find(part * Chunk, Math.Min(rows, (part + 1) * Chunk), floor);
                progress?.Report((double)Interlocked.Increment(ref done) / parts.Length);
                return finder;
            },
            finder =>
            {
                lock (found)
                {
                    finder.AddTo(found);
                }
            });
        return (PairTable.Join(parts), found);
    }

    private sealed class Finder(MatchIndex index, CandidateSearch search, int rows)
    {
        private readonly int[] _seen = new int[rows];
        private readonly long[] _counts = new long[search.Tables.Count];
        private int[] _found = new int[256];
        private byte[] _rules = new byte[256];

        public PairTable Find(int from, int to, double floor)
        {
            var pairs = new PairTable();
            var siren = index.Evidence.Siren;
            for (var row = from; row < to; row++)
            {
                var count = search.Find(row, _seen, ref _found, ref _rules);
                for (var i = 0; i < count; i++)
                {
                    index.Evidence.Rows.Prefetch(_found[i]);
                }

                for (var i = 0; i < count; i++)
                {
                    _counts[_rules[i]]++;

                    // Two legal units whatever else agrees: not worth a comparison.
                    if (siren is not null && siren.Differ(_found[i], row))
                    {
                        continue;
                    }

                    if (index.Model.Score(_found[i], row, floor, out var score))
                    {
                        pairs.Add(_found[i], row, _rules[i], score);
                    }
                }
            }

            return pairs;
        }

        public void AddTo(long[] counts)
        {
            for (var rule = 0; rule < counts.Length; rule++)
            {
                counts[rule] += _counts[rule];
            }
        }
    }
}
