using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>
/// Where what people typed about a golden row belongs now: with the record it was tied to, else with those it was last among.
/// What a steward parted from all of them belongs nowhere.
/// </summary>
internal static class Corrections
{
    public static IEnumerable<(Guid Record, Guid Cluster)> ClustersOf(ClusterKind kind, ResolutionData data, ClusterIds plan)
    {
        var verdicts = Verdicts(kind is ClusterKind.Account ? data.AccountDecisions : data.ContactDecisions, [.. data.Corrections.Select(c => c.Id)]);
        var peers = data.Links.Where(l => l.Key.Kind == kind && plan.IdOf.ContainsKey(l.Key.Record)).ToLookup(l => l.Value.ClusterId, l => l.Key.Record);
        foreach (var correction in data.Corrections)
        {
            var decided = verdicts.GetValueOrDefault(correction.Id, []);
            var tied = decided.Where(d => d.Value is Verdict.Same && plan.IdOf.ContainsKey(d.Key)).Select(d => d.Key).ToList();
            var last = data.Links.TryGetValue((correction.Id, kind), out var link)
                ? peers[link.ClusterId].Where(peer => decided.GetValueOrDefault(peer, Verdict.Same) is Verdict.Same).ToList()
                : [];
            var among = (tied.Count > 0 ? tied : last)
                .GroupBy(record => plan.IdOf[record])
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
                .FirstOrDefault();
            if (among is not null)
            {
                yield return (correction.Id, among.Key);
            }
        }
    }

    // What was decided between a correction and another record; of two words on one pair, the last counts.
    private static Dictionary<Guid, Dictionary<Guid, Verdict>> Verdicts(IReadOnlyList<Decision> decisions, HashSet<Guid> corrections)
    {
        var verdicts = new Dictionary<Guid, Dictionary<Guid, Verdict>>();
        foreach (var decision in decisions)
        {
            var (left, right) = (Guid.Parse(decision.LeftKey), Guid.Parse(decision.RightKey));
            foreach (var (correction, other) in new[] { (left, right), (right, left) }.Where(pair => corrections.Contains(pair.Item1)))
            {
                (verdicts.TryGetValue(correction, out var known) ? known : verdicts[correction] = [])[other] = decision.Verdict;
            }
        }

        return verdicts;
    }
}
