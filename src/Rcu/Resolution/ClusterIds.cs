namespace Rcu.Resolution;

/// <summary>
/// Gives groups of records the ids they had: a golden id never changes while its records stay together. When groups join,
/// the oldest id survives and the others are retired to it; when one splits, the part that had the id before any other
/// joined it keeps it, then the largest, and a part that had an id of its own before gets it back, even where it has joined
/// others of a younger one. A pure function of its input, whatever the order.
/// </summary>
internal sealed class ClusterIds
{
    private readonly Dictionary<Guid, Guid> _idOf = [];

    private ClusterIds()
    {
    }

    /// <summary>The id of the group each record is in.</summary>
    public IReadOnlyDictionary<Guid, Guid> IdOf => _idOf;

    /// <summary>Ids that no group bears any more, with the one that answers for them and the records they had.</summary>
    public List<(Guid Retired, Guid Survivor, IReadOnlyList<Guid> Records)> Retired { get; } = [];

    /// <summary>Ids given back to the records they had.</summary>
    public List<Guid> Revived { get; } = [];

    /// <param name="groups">Records that are one entity, each record in one group.</param>
    /// <param name="current">The id each record is linked to now; new records are absent.</param>
    /// <param name="redirects">Retired ids and the records they had.</param>
    public static ClusterIds Assign(
        IEnumerable<IReadOnlyList<Guid>> groups, IReadOnlyDictionary<Guid, Guid> current, IReadOnlyList<Redirect> redirects)
    {
        var plan = new ClusterIds();
        var ordered = groups.Select(g => g.Order().ToList()).OrderBy(g => g[0]).ToList();
        var owners = Owners(ordered, current, redirects);
        var taken = new HashSet<Guid>(owners.Keys);
        var oldest = owners.GroupBy(o => o.Value).ToDictionary(g => g.Key, g => g.Min(o => o.Key));
        var lost = redirects.ToLookup(r => r.SurvivorId);
        var idOfGroup = new Guid[ordered.Count];
        for (var i = 0; i < ordered.Count; i++)
        {
            idOfGroup[i] = plan.GivenBack(ordered[i], oldest.TryGetValue(i, out var id) ? id : null, Left(ordered[i], i), taken) ?? Guid.CreateVersion7();
            foreach (var record in ordered[i])
            {
                plan._idOf[record] = idOfGroup[i];
            }
        }

        // What was retired to the ids its records leave, those it keeps not among them.
        IEnumerable<Redirect> Left(List<Guid> group, int at) =>
            group.Where(current.ContainsKey).Select(r => current[r]).Distinct().Where(id => owners[id] != at).SelectMany(id => lost[id]);

        var recordsOf = current.GroupBy(c => c.Value).ToDictionary(g => g.Key, g => g.Select(c => c.Key).Order().ToList());
        foreach (var (id, group) in owners.OrderBy(o => o.Key))
        {
            if (idOfGroup[group] != id)
            {
                plan.Retired.Add((id, idOfGroup[group], recordsOf[id]));
            }
        }

        return plan;
    }

    // Each id in use goes to the group that holds most of the records it had of its own, then of those it has; a tie to the
    // group that would have no other, then to the one with the smallest record.
    private static Dictionary<Guid, int> Owners(
        List<List<Guid>> groups, IReadOnlyDictionary<Guid, Guid> current, IReadOnlyList<Redirect> redirects)
    {
        var joined = redirects.SelectMany(r => r.RecordIds.Select(record => (r.SurvivorId, record))).ToHashSet();
        var shares = new Dictionary<Guid, Dictionary<int, (int Own, int All)>>();
        for (var i = 0; i < groups.Count; i++)
        {
            foreach (var record in groups[i])
            {
                if (current.TryGetValue(record, out var id))
                {
                    var share = shares.TryGetValue(id, out var known) ? known : shares[id] = [];
                    var (own, all) = share.GetValueOrDefault(i);
                    share[i] = (joined.Contains((id, record)) ? own : own + 1, all + 1);
                }
            }
        }

        var owners = shares.ToDictionary(s => s.Key, s => s.Value.OrderByDescending(g => g.Value).ThenBy(g => g.Key).First().Key);
        var owned = owners.CountBy(o => o.Value).ToDictionary();
        foreach (var (id, group) in owners.OrderBy(o => o.Key).ToList())
        {
            var without = shares[id].Where(g => g.Value == shares[id][group] && !owned.ContainsKey(g.Key)).OrderBy(g => g.Key).ToList();
            if (owned[group] > 1 && without.Count > 0)
            {
                owners[id] = without[0].Key;
                owned[group]--;
                owned[without[0].Key] = 1;
            }
        }

        return owners;
    }

    // An id of its own that a part had before: any, when it has none; of those it has most records of, an older one than it has.
    private Guid? GivenBack(List<Guid> group, Guid? had, IEnumerable<Redirect> left, HashSet<Guid> taken)
    {
        var own = left.Where(r => !taken.Contains(r.RetiredId))
            .Select(r => (r.RetiredId, Count: r.RecordIds.Count(group.Contains), Of: r.RecordIds.Count))
            .Where(r => had is null ? r.Count > 0 : r.Count * 2 > r.Of && r.RetiredId.CompareTo(had.Value) < 0)
            .OrderByDescending(r => r.Count)
            .ThenBy(r => r.RetiredId)
            .FirstOrDefault();
        if (own.Count == 0)
        {
            return had;
        }

        taken.Add(own.RetiredId);
        Revived.Add(own.RetiredId);
        return own.RetiredId;
    }
}
