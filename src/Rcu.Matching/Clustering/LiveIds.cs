namespace Rcu.Matching.Clustering;

/// <summary>Ids of clusters that outlive their changes: the cluster that keeps most of the records keeps the id.</summary>
internal sealed class LiveIds
{
    private readonly List<long> _idOf = [];
    private readonly Dictionary<long, long> _redirects = [];
    private long _last;

    public LiveIds(Clusters clusters, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            var root = clusters.RootOf(row);
            _idOf.Add(root == row ? ++_last : 0);
            _idOf[row] = root == row ? _idOf[row] : _idOf[root];
        }
    }

    public IReadOnlyDictionary<long, long> Redirects => _redirects;

    public long this[int row] => _idOf[row];

    /// <summary>Counts one more row, in no cluster yet.</summary>
    public void Add() => _idOf.Add(0);

    public (List<LiveCluster> Clusters, List<long> Gone, List<LiveSplit> Splits) Follow(
        Clusters clusters, HashSet<int> component, HashSet<int> touched, MatchIndex index)
    {
        var groups = component.GroupBy(clusters.RootOf).Select(group => group.Order().ToList()).OrderBy(group => group[0]).ToList();
        var before = component.Union(touched).Where(row => _idOf[row] != 0).GroupBy(row => _idOf[row])
            .ToDictionary(group => group.Key, group => group.ToHashSet());
        var ids = Assign(groups);
        var changed = new List<LiveCluster>();
        for (var i = 0; i < groups.Count; i++)
        {
            var retired = groups[i].Select(row => _idOf[row]).Where(id => id != 0 && id != ids[i] && !ids.Contains(id)).Distinct().Order().ToList();
            retired.RemoveAll(id => before[id].Any(row => component.Contains(row) && !groups[i].Contains(row)));
            retired.ForEach(id => _redirects[id] = ids[i]);
            _redirects.Remove(ids[i]);
            if (groups[i].Exists(touched.Contains) || !before.TryGetValue(ids[i], out var former) || !former.SetEquals(groups[i]))
            {
                changed.Add(new LiveCluster(ids[i], [.. groups[i].Select(index.IndexOf).Order()], retired));
            }
        }

        var splits = Splits(groups, ids);
        var gone = before.Keys.Where(id => !ids.Contains(id) && !_redirects.ContainsKey(id)).Order().ToList();
        for (var i = 0; i < groups.Count; i++)
        {
            groups[i].ForEach(row => _idOf[row] = ids[i]);
        }

        foreach (var row in touched.Where(row => !component.Contains(row)))
        {
            _idOf[row] = 0;
        }

        return (changed, gone, splits);
    }

    // The largest share of an id's records keeps it; of equal shares, the first row.
    private long[] Assign(List<List<int>> groups)
    {
        var shares = groups.SelectMany((group, i) => group.Where(row => _idOf[row] != 0).GroupBy(row => _idOf[row])
            .Select(share => (Group: i, Id: share.Key, Count: share.Count(), First: share.Min()))).ToList();
        var ids = new long[groups.Count];
        var taken = new HashSet<long>();
        foreach (var share in shares.OrderByDescending(share => share.Count).ThenBy(share => share.First))
        {
            if (ids[share.Group] == 0 && taken.Add(share.Id))
            {
                ids[share.Group] = share.Id;
            }
        }

        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = ids[i] == 0 ? ++_last : ids[i];
        }

        return ids;
    }

    private List<LiveSplit> Splits(List<List<int>> groups, long[] ids)
    {
        var parts = groups.SelectMany((group, i) => group.Select(row => (Former: _idOf[row], Now: ids[i])))
            .Where(part => part.Former != 0).Distinct().GroupBy(part => part.Former);
        return
        [
            .. parts.Where(part => part.Skip(1).Any()).OrderBy(part => part.Key)
                .Select(part => new LiveSplit(part.Key, [.. part.Select(one => one.Now).OrderByDescending(id => id == part.Key).ThenBy(id => id)])),
        ];
    }
}
