using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>
/// Where what people typed about a golden row belongs now: with the record it was tied to, else with those it was last among.
/// What a steward parted from all of them belongs nowhere.
/// </summary>
internal static class Corrections
{
    public static IReadOnlyList<(CorrectionRecord Record, Guid Cluster)> Place(
        ClusterKind kind, ResolutionData data, ClusterPlan plan, CurrentLinks current) =>
        data.Corrections.Count == 0 ? [] : [.. ClustersOf(kind, data, plan, current)];

    private static IEnumerable<(CorrectionRecord Record, Guid Cluster)> ClustersOf(
        ClusterKind kind, ResolutionData data, ClusterPlan plan, CurrentLinks current)
    {
        var verdicts = Verdicts(kind is ClusterKind.Account ? data.AccountDecisions : data.ContactDecisions, [.. data.Corrections.Select(c => c.Id)]);
        var asked = data.Corrections.Select(c => current.ClusterOf(c.Id)).OfType<Guid>().ToHashSet();
        var peers = current.All.Where(link => asked.Contains(link.Cluster) && plan.IdOf(link.Record) is not null)
            .ToLookup(link => link.Cluster, link => link.Record);
        foreach (var correction in data.Corrections)
        {
            var decided = verdicts.GetValueOrDefault(correction.Id, []);
            var tied = decided.Where(d => d.Value is Verdict.Same && plan.IdOf(d.Key) is not null).Select(d => d.Key).ToList();
            var last = current.ClusterOf(correction.Id) is { } cluster
                ? peers[cluster].Where(peer => decided.GetValueOrDefault(peer, Verdict.Same) is Verdict.Same).ToList()
                : [];
            var parted = decided.Where(d => d.Value is Verdict.Different).Select(d => plan.IdOf(d.Key)).ToHashSet();
            var among = (tied.Count > 0 ? tied : last)
                .GroupBy(record => plan.IdOf(record)!.Value)
                .Where(group => tied.Count > 0 || !parted.Contains(group.Key))
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
                .FirstOrDefault();
            if (among is not null)
            {
                yield return (correction, among.Key);
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
