namespace Rcu.Resolution;

/// <summary>
/// The golden id of every record. Groups that are as they were keep their id and groups of new records get one, without a
/// look at the rest; only what joined or split is weighed by <see cref="ClusterIds"/>.
/// </summary>
internal sealed class ClusterPlan
{
    private readonly KnownRecords _records;
    private readonly Guid[] _idOf;

    private ClusterPlan(KnownRecords records, int[] ordered) => (_records, _idOf, Ordered) = (records, new Guid[records.Count], ordered);

    /// <summary>The places of the records, those of one group one after the other.</summary>
    public IReadOnlyList<int> Ordered { get; }

    /// <summary>How many clusters there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many records are in another cluster than they were.</summary>
    public int Moved { get; private set; }

    /// <summary>Ids that no cluster had before.</summary>
    public List<Guid> New { get; } = [];

    public IReadOnlyList<(Guid Retired, Guid Survivor, IReadOnlyList<Guid> Records)> Retired { get; private set; } = [];

    public IReadOnlyList<Guid> Revived { get; private set; } = [];

    public static ClusterPlan Of(KnownRecords records, IReadOnlyList<int> clusterOf, CurrentLinks current, IReadOnlyList<Redirect> redirects)
    {
        var (starts, members) = Groups(clusterOf);
        var plan = new ClusterPlan(records, members);
        var currently = new Guid?[records.Count];
        var sizes = new Dictionary<Guid, int>();
        for (var i = 0; i < records.Count && current.Count > 0; i++)
        {
            currently[i] = current.ClusterOf(records.Ids[i]);
            if (currently[i] is { } id)
            {
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(sizes, id, out _)++;
            }
        }

        var moved = new List<IReadOnlyList<Guid>>();
        for (var root = 0; root < records.Count; root++)
        {
            var group = members.AsSpan(starts[root]..starts[root + 1]);
            plan.Count += group.Length > 0 ? 1 : 0;
            if (group.Length > 0 && !plan.Keep(group, currently, sizes))
            {
                moved.Add([.. group.ToArray().Select(i => records.Ids[i])]);
            }
        }

        plan.Move(moved, currently, redirects);
        return plan;
    }

    /// <summary>The golden id of a record, by its place.</summary>
    public Guid IdAt(int record) => _idOf[record];

    /// <summary>The golden id of a record; null when it is none of those resolved.</summary>
    public Guid? IdOf(Guid record) => _records.PlaceOf(record) is >= 0 and var place ? _idOf[place] : null;

    /// <summary>Settles the ids that an undone import retired or made: the first answer for themselves again, the others retire.</summary>
    /// <param name="current">Where the records stand in truth.</param>
    public void GiveBack(LinksBefore before, CurrentLinks current, IReadOnlyList<Redirect> redirects)
    {
        if (before.ClusterOf.Count == 0)
        {
            return;
        }

        var used = _idOf.ToHashSet();
        var retired = redirects.Select(r => r.RetiredId).ToHashSet();
        var made = before.ClusterOf.Keys.Select(current.ClusterOf).OfType<Guid>().Where(id => !used.Contains(id)).ToHashSet();
        var left = Enumerable.Range(0, _idOf.Length)
            .Where(place => current.ClusterOf(_records.Ids[place]) is { } id && made.Contains(id))
            .ToLookup(place => current.ClusterOf(_records.Ids[place])!.Value);
        Revived = [.. Revived.Union(before.ClusterOf.Values.Where(id => used.Contains(id) && retired.Contains(id)))];
        Retired =
        [
            .. Retired,
            .. left.OrderBy(id => id.Key).Where(id => Retired.All(known => known.Retired != id.Key)).Select(id => (
                id.Key,
                id.GroupBy(place => _idOf[place]).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key,
                (IReadOnlyList<Guid>)[.. id.Select(place => _records.Ids[place]).Order()])),
        ];
    }

    // The records of each group one after the other, found by their root.
    private static (int[] Starts, int[] Members) Groups(IReadOnlyList<int> clusterOf)
    {
        var starts = new int[clusterOf.Count + 1];
        for (var i = 0; i < clusterOf.Count; i++)
        {
            starts[clusterOf[i] + 1]++;
        }

        for (var i = 0; i < clusterOf.Count; i++)
        {
            starts[i + 1] += starts[i];
        }

        var members = new int[clusterOf.Count];
        var next = starts.AsSpan().ToArray();
        for (var i = 0; i < clusterOf.Count; i++)
        {
            members[next[clusterOf[i]]++] = i;
        }

        return (starts, members);
    }

    private bool Keep(ReadOnlySpan<int> group, Guid?[] currently, Dictionary<Guid, int> sizes)
    {
        var id = currently[group[0]];
        foreach (var record in group)
        {
            if (currently[record] != id)
            {
                return false;
            }
        }

        if (id is { } had && sizes[had] != group.Length)
        {
            return false;
        }

        var kept = id ?? Guid.CreateVersion7();
        if (id is null)
        {
            New.Add(kept);
        }

        foreach (var record in group)
        {
            _idOf[record] = kept;
        }

        return true;
    }

    private void Move(List<IReadOnlyList<Guid>> groups, Guid?[] currently, IReadOnlyList<Redirect> redirects)
    {
        var current = new Dictionary<Guid, Guid>();
        foreach (var record in groups.SelectMany(group => group))
        {
            if (currently[_records.PlaceOf(record)] is { } id)
            {
                current.Add(record, id);
            }
        }

        var ids = ClusterIds.Assign(groups, current, redirects);
        foreach (var (record, id) in ids.IdOf)
        {
            _idOf[_records.PlaceOf(record)] = id;
            Moved += current.TryGetValue(record, out var had) && had != id ? 1 : 0;
        }

        (Retired, Revived) = (ids.Retired, ids.Revived);
    }
}
