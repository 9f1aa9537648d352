using System.Text;
using Npgsql;
using Rcu.Data;

namespace Rcu.Resolution;

/// <summary>How records were linked to one kind of cluster by the resolution before, and which of these links nobody wants any more.</summary>
internal sealed class CurrentLinks
{
    private readonly Dictionary<Guid, int> _placeOf = [];
    private readonly List<(Guid Record, Guid Cluster, long LinkedAt, ulong Said)> _links = [];
    private bool[] _wanted = [];

    public int Count => _links.Count;

    /// <summary>The records whose link was not wanted by anyone.</summary>
    public IEnumerable<Guid> Unwanted => _links.Where((_, place) => !_wanted[place]).Select(link => link.Record);

    /// <summary>The records of each cluster.</summary>
    public IEnumerable<(Guid Record, Guid Cluster)> All => _links.Select(link => (link.Record, link.Cluster));

    public static async Task<CurrentLinks> LoadAsync(NpgsqlConnection connection, ClusterKind kind, CancellationToken ct)
    {
        var links = new CurrentLinks();
        using var rows = await CopyReader.OpenAsync(
            connection, 5, $"select record_id, cluster_id, linked_at, rule, sentence from links where kind = '{kind}'", ct);
        while (rows.Read())
        {
            links._placeOf.Add(rows.Guid(0), links._links.Count);
            links._links.Add((rows.Guid(0), rows.Guid(1), rows.Instant(2), Hash(rows.Bytes(4), Hash(rows.Bytes(3)))));
        }

        links._wanted = new bool[links.Count];
        return links;
    }

    public Guid? ClusterOf(Guid record) => _placeOf.TryGetValue(record, out var place) ? _links[place].Cluster : null;

    /// <summary>Notes that a link is wanted, and says whether it must be written. Threads may ask for different records at once.</summary>
    public bool Changes(WantedLink wanted)
    {
        if (!_placeOf.TryGetValue(wanted.RecordId, out var place))
        {
            return true;
        }

        _wanted[place] = true;
        var link = _links[place];
        return link.Cluster != wanted.ClusterId
            || wanted.CleanedAt > link.LinkedAt
            || link.Said != Hash(Encoding.UTF8.GetBytes(wanted.Sentence), Hash(Encoding.UTF8.GetBytes(wanted.Rule)));
    }

    // FNV-1a: what is compared was written by ourselves.
    private static ulong Hash(ReadOnlySpan<byte> text, ulong hash = 14_695_981_039_346_656_037)
    {
        foreach (var value in text)
        {
            hash = (hash ^ value) * 1_099_511_628_211;
        }

        return hash;
    }
}
