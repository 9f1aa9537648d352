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
        var units = Units(index);
        var done = 0;
        Parallel.For(
            0,
            parts.Length,
            options,
            () => new Finder(index, search, units),
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

    // The valid SIREN of each row, side by side: most candidates are told apart by it alone.
    private static int[]? Units(MatchIndex index)
    {
        if (index.Evidence.Siren is not { } siren)
        {
            return null;
        }

        var units = new int[index.Count];
        Parallel.For(0, (units.Length + Chunk - 1) / Chunk, index.Options, part =>
        {
            for (var row = part * Chunk; row < Math.Min(units.Length, (part + 1) * Chunk); row++)
            {
                units[row] = siren.Valid(row);
            }
        });
        return units;
    }

    // Some dozens of pairs are found, then their rows asked for, then compared: memory answers while others are found.
    private sealed class Finder(MatchIndex index, CandidateSearch search, int[]? units)
    {
        private const int Waiting = 64;
        private const int Ahead = 8;
        private readonly int[] _seen = new int[index.Count];
        private readonly long[] _counts = new long[search.Tables.Count];
        private readonly (int Left, int Right, byte Rule)[] _waiting = new (int, int, byte)[Waiting];
        private int[] _found = new int[256];
        private byte[] _rules = new byte[256];
        private int _waits;

        public PairTable Find(int from, int to, double floor)
        {
            var pairs = new PairTable();
            for (var row = from; row < to; row++)
            {
                search.Lists.Prefetch(row + Ahead);
                var count = search.Find(row, _seen, ref _found, ref _rules);
                for (var i = 0; i < count; i++)
                {
                    _counts[_rules[i]]++;

                    // Two legal units whatever else agrees: not worth a comparison.
                    if (units is null || units[row] == 0 || units[_found[i]] == 0 || units[row] == units[_found[i]])
                    {
                        index.Evidence.Rows.Prefetch(_found[i]);
                        _waiting[_waits++] = (_found[i], row, _rules[i]);
                        if (_waits == Waiting)
                        {
                            Compare(pairs, floor);
                        }
                    }
                }
            }

            Compare(pairs, floor);
            return pairs;
        }

        public void AddTo(long[] counts)
        {
            for (var rule = 0; rule < counts.Length; rule++)
            {
                counts[rule] += _counts[rule];
            }
        }

        private void Compare(PairTable pairs, double floor)
        {
            var waiting = _waiting.AsSpan(0, _waits);
            foreach (ref readonly var pair in waiting)
            {
                index.Evidence.Prefetch(pair.Left);
            }

            foreach (ref readonly var pair in waiting)
            {
                if (index.Model.Score(pair.Left, pair.Right, floor, out var score))
                {
                    pairs.Add(pair.Left, pair.Right, pair.Rule, score);
                }
            }

            _waits = 0;
        }
    }
}
