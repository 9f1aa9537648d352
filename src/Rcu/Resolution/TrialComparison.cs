using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>Lays what the cuts in force give beside what others would give, on the same scored pairs.</summary>
internal sealed class TrialComparison(
    ClusterKind kind, KnownRecords records, MatchResult scored, MatchSettings settings, Cuts inForce, Cuts tried)
{
    private const int Shown = 10;

    public CutTrial Compare(CancellationToken ct)
    {
        var now = scored.WhatIf(inForce.In(settings));
        ct.ThrowIfCancellationRequested();
        var then = scored.WhatIf(tried.In(settings));
        ct.ThrowIfCancellationRequested();
        var (before, after) = (new Bands(now), new Bands(then));
        var fates = (Automatic: 0, Review: 0, Aside: 0);
        var examples = new List<TrialExample>();

        // Of what would be joined, the least sure; of all the rest, the likeliest.
        examples.AddRange(Examples(
            TrialChange.Joined, then.ClusterOf, Enumerable.Range(1, then.Pairs.Count).Select(i => then.Pairs[^i]).Where(pair => pair.Band is Band.Automatic && Apart(now, pair))));
        examples.AddRange(Examples(
            TrialChange.Parted, now.ClusterOf, now.Pairs.Where(pair => pair.Band is Band.Automatic && Apart(then, pair))));
        var (toReview, toAside) = (new List<ScoredPair>(), new List<ScoredPair>());
        foreach (var pair in then.Pairs)
        {
            var was = before.Of(pair);
            fates.Automatic += pair.Band is Band.Automatic && was is not Band.Automatic ? 1 : 0;
            if (pair.Band is Band.Review && was is not Band.Review)
            {
                fates.Review++;
                toReview.Add(pair);
            }
        }

        foreach (var pair in now.Pairs.Where(pair => pair.Band is not Band.Rejected && after.Of(pair) is null or Band.Rejected))
        {
            fates.Aside++;
            toAside.Add(pair);
        }

        examples.AddRange(Examples(TrialChange.ToReview, null, toReview));
        examples.AddRange(Examples(TrialChange.ToAside, null, toAside));
        return new CutTrial(
            kind, inForce, tried, records.Count, before.Counts(now), after.Counts(then),
            Several(then.ClusterOf, now.ClusterOf), Several(now.ClusterOf, then.ClusterOf), fates.Automatic, fates.Review, fates.Aside, examples);
    }

    // How many groups of one answer are spread over several groups of the other.
    private static int Several(IReadOnlyList<int> groups, IReadOnlyList<int> others)
    {
        var first = new int[groups.Count];
        Array.Fill(first, -1);
        var spread = new HashSet<int>();
        for (var record = 0; record < groups.Count; record++)
        {
            var group = groups[record];
            if (first[group] < 0)
            {
                first[group] = others[record];
            }
            else if (first[group] != others[record])
            {
                spread.Add(group);
            }
        }

        return spread.Count;
    }

    private static bool Apart(MatchResult result, ScoredPair pair) => result.ClusterOf[pair.Left] != result.ClusterOf[pair.Right];

    /// <param name="groups">At most one example for each of these; null when every pair may be one.</param>
    private IEnumerable<TrialExample> Examples(TrialChange change, IReadOnlyList<int>? groups, IEnumerable<ScoredPair> pairs) =>
        (groups is null ? pairs : pairs.DistinctBy(pair => groups[pair.Left])).Take(Shown).Select(pair => new TrialExample(
            change, records.Ids[pair.Left], records.Ids[pair.Right], pair.Probability,
            (scored.Explain(pair.Left, pair.Right) with { Veto = change is TrialChange.ToAside ? null : pair.Veto }).Sentence));

    // The band of each pair, sorted by pair: there may be millions.
    private sealed class Bands
    {
        private readonly long[] _pairs;
        private readonly Band[] _bands;
        private readonly PairCounts _counts = new();

        public Bands(MatchResult result)
        {
            (_pairs, _bands) = (new long[result.Pairs.Count], new Band[result.Pairs.Count]);
            var i = 0;
            foreach (var pair in result.Pairs)
            {
                _counts.Add(pair);
                (_pairs[i], _bands[i]) = (Key(pair), pair.Band);
                i++;
            }

            Array.Sort(_pairs, _bands);
        }

        /// <summary>Null when the pair is below the review cut.</summary>
        public Band? Of(ScoredPair pair) => Array.BinarySearch(_pairs, Key(pair)) is >= 0 and var place ? _bands[place] : null;

        public TrialCounts Counts(MatchResult result) => new(
            result.ClusterOf.Where((group, record) => group == record).LongCount(), _counts.Automatic, _counts.Review);

        private static long Key(ScoredPair pair) => ((long)Math.Min(pair.Left, pair.Right) << 32) | (uint)Math.Max(pair.Left, pair.Right);
    }
}
