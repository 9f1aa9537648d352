using System.Text;
using Npgsql;
using Rcu.Data;

namespace Rcu.Resolution;

/// <summary>How records were linked to one kind of cluster by the resolution before, and which of these links nobody wants any more.</summary>
internal sealed class CurrentLinks
{
    private Dictionary<Guid, int> _placeOf = [];
    private List<CurrentLink> _links = [];
    private bool[] _wanted = [];
    private IReadOnlyDictionary<Guid, Guid>? _before;

    public int Count => _links.Count;

    /// <summary>The records whose link was not wanted by anyone.</summary>
    public IEnumerable<Guid> Unwanted => _links.Where((_, place) => !_wanted[place]).Select(link => link.Record);

    /// <summary>The records of each cluster.</summary>
    public IEnumerable<(Guid Record, Guid Cluster)> All => _links.Select(link => (link.Record, link.Cluster));

    /// <param name="which">Which links, as a condition on <c>l</c>.</param>
    public static async Task<CurrentLinks> LoadAsync(NpgsqlConnection connection, ClusterKind kind, CancellationToken ct, string which = "true")
    {
        var links = new CurrentLinks();
        using var rows = await CopyReader.OpenAsync(
            connection, 5, $"select record_id, cluster_id, linked_at, rule, other_record_id from links l where kind = '{kind}' and {which}", ct);
        var rules = new Dictionary<string, string>();
        var byText = rules.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> text = stackalloc char[256];
        while (rows.Read())
        {
            links._placeOf.Add(rows.Guid(0), links._links.Count);
            var rule = text[..Encoding.UTF8.GetChars(rows.Bytes(3), text)];
            if (!byText.TryGetValue(rule, out var known))
            {
                known = rules[rule.ToString()] = rule.ToString();
            }

            links._links.Add(new CurrentLink(rows.Guid(0), rows.Guid(1), rows.Instant(2), known, rows.IsNull(4) ? null : rows.Guid(4)));
        }

        links._wanted = new bool[links.Count];
        return links;
    }

    /// <summary>These links as if some records stood where they did before: ids and parts are given back by that.</summary>
    public CurrentLinks With(LinksBefore before) =>
        before.ClusterOf.Count == 0 ? this : new CurrentLinks { _placeOf = _placeOf, _links = _links, _wanted = _wanted, _before = before.ClusterOf };

    public Guid? ClusterOf(Guid record) =>
        _before is not null && _before.TryGetValue(record, out var before) ? before
            : _placeOf.TryGetValue(record, out var place) ? _links[place].Cluster : null;

    /// <summary>How a record is linked now; null when it is not. Threads may ask for different records at once.</summary>
    /// <param name="wanted">Whether it stays linked: what nobody asks to keep goes.</param>
    public CurrentLink? Find(Guid record, bool wanted = false)
    {
        if (!_placeOf.TryGetValue(record, out var place))
        {
            return null;
        }

        _wanted[place] |= wanted;
        return _links[place];
    }
}

/// <summary>Where a record was linked by the resolution before: by which rule, and to which other record.</summary>
/// <param name="LinkedAt">As the server counts instants.</param>
internal sealed record CurrentLink(Guid Record, Guid Cluster, long LinkedAt, string Rule, Guid? Other);
