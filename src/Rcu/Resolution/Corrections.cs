using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>
/// Where what people typed about a golden row belongs now: with the record it was tied to, else with the golden row it came from when
/// that one is parted again, else with most of those it was last among, and of two halves with the one that holds the record its key
/// names. What a steward parted from all of them belongs nowhere.
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
        var retired = data.Redirects.Where(r => r.Kind == kind).ToDictionary(r => r.RetiredId);
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
                .OrderByDescending(group => Returning(correction, retired.GetValueOrDefault(group.Key)))
                .ThenByDescending(group => group.Count()).ThenByDescending(group => group.Contains(correction.Anchor)).ThenBy(group => group.Key)
                .FirstOrDefault();
            if (among is not null)
            {
                yield return (correction, among.Key);
            }
        }
    }

    // A golden row that is itself again takes back what came with it, and nothing of what stood in the other before it came.
    private static int Returning(CorrectionRecord correction, Redirect? revived) =>
        revived is null ? 0 : correction.CameWith(revived) switch { true => 1, false => -1, null => 0 };

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
