namespace Rcu.Web.Commands.Evaluation;

/// <summary>Ids that are one, told by pairs or by the name of their cluster: both as they were told and followed to the end.</summary>
internal sealed class Grouping(Dictionary<string, int> ids)
{
    private readonly List<int> _parent = [];
    private readonly Dictionary<string, int> _firstOf = new(StringComparer.Ordinal);

    /// <summary>The pairs told one by one, the lesser id first; null when clusters were told.</summary>
    public HashSet<(int, int)>? Pairs { get; private set; }

    /// <summary>Every id it names.</summary>
    public HashSet<int> Named { get; } = [];

    public void AddPair(string left, string right)
    {
        var (a, b) = (Number(left), Number(right));
        Pairs ??= [];
        if (a != b)
        {
            Pairs.Add(a < b ? (a, b) : (b, a));
            Join(a, b);
        }
    }

    public void AddMember(string id, string cluster)
    {
        var number = Number(id);
        if (!_firstOf.TryAdd(cluster, number))
        {
            Join(_firstOf[cluster], number);
        }
    }

    /// <summary>No pair at all was told, though a file of pairs was read.</summary>
    public void HasNoPair() => Pairs ??= [];

    public bool AreOne(int left, int right) => Root(left) == Root(right);

    /// <summary>The cluster of an id: itself alone when it was never named.</summary>
    public int Root(int id)
    {
        Reach(id);
        while (_parent[id] != id)
        {
            _parent[id] = _parent[_parent[id]];
            id = _parent[id];
        }

        return id;
    }

    private int Number(string id)
    {
        if (!ids.TryGetValue(id, out var number))
        {
            ids.Add(id, number = ids.Count);
        }

        Named.Add(number);
        return number;
    }

    private void Join(int left, int right)
    {
        var (a, b) = (Root(left), Root(right));
        _parent[Math.Max(a, b)] = Math.Min(a, b);
    }

    private void Reach(int id)
    {
        while (_parent.Count <= id)
        {
            _parent.Add(_parent.Count);
        }
    }
}
