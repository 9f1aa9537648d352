using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>The resolved records of one kind, kept by the process that resolved them so that later changes alone are looked at.</summary>
internal sealed class LiveRecords
{
    private readonly LiveResolution _live;
    private readonly KnownRecords _records;
    private readonly List<Guid> _golden;

    public LiveRecords(KnownRecords records, MatchResult result, ClusterPlan plan)
    {
        (_records, _live) = (records, new LiveResolution(result));
        _golden = [.. Enumerable.Range(0, records.Count).Select(plan.IdAt)];
    }

    public KnownRecords Records => _records;

    public MatchIndex Index => _live.Index;

    /// <summary>The golden id of a record, by its place.</summary>
    public Guid GoldenAt(int place) => _golden[place];

    /// <summary>Whether a record says what it said when it was last looked at.</summary>
    public bool IsKnown(Guid record, long cleanedAt) =>
        _records.PlaceOf(record) is >= 0 and var place && _live.RecordOf(ResolutionData.Text(record)) is not null && _records.CleanedAt(place) == cleanedAt;

    /// <summary>Takes changes in, and says which records' groups they touched.</summary>
    public (HashSet<int> Touched, IReadOnlyList<ScoredPair> Pairs) Apply(IReadOnlyList<ChangedRecord> changes, IReadOnlyList<Decision>? decisions)
    {
        var change = _live.Apply(
            [.. changes.Select(c => new RecordChange(ResolutionData.Text(c.Id), c.Source, c.Values))], decisions);
        foreach (var record in changes.Where(c => c.Values is not null))
        {
            var place = _records.PlaceOf(record.Id);
            if (place >= 0)
            {
                _records.Clean(place, record.CleanedAt);
                continue;
            }

            _records.Add(record.Id, record.SourceId, _ => record.Source, record.CleanedAt);
            _golden.Add(Guid.Empty);
            place = _records.PlaceOf(record.Id);
            if (_live.RecordOf(ResolutionData.Text(record.Id)) != place)
            {
                throw new InvalidOperationException("The engine and the hub number the records differently.");
            }
        }

        return ([.. change.Clusters.SelectMany(c => c.Records)], change.Pairs);
    }

    /// <summary>The records of the group of one, by their place; none when it was removed.</summary>
    public IReadOnlyList<int> Together(Guid record) => _live.RecordOf(ResolutionData.Text(record)) is { } place ? _live.Together(place) : [];

    /// <summary>What the engine says of some records, whole groups of them.</summary>
    public Resolved Some(IEnumerable<int> touched, IReadOnlyList<ScoredPair> pairs)
    {
        var places = touched.Order().ToList();
        var local = places.Select((place, i) => (place, i)).ToDictionary(p => p.place, p => p.i);
        var some = new KnownRecords();
        var (clusterOf, first) = (new int[places.Count], new Dictionary<long, int>());
        for (var i = 0; i < places.Count; i++)
        {
            some.Copy(_records, places[i]);
            var cluster = _live.ClusterOf(places[i]);
            first.TryAdd(cluster, i);
            clusterOf[i] = first[cluster];
        }

        ScoredPair? Local(ScoredPair? pair) => pair is not null && local.TryGetValue(pair.Left, out var left) && local.TryGetValue(pair.Right, out var right)
            ? pair with { Left = left, Right = right }
            : null;
        return new Resolved(
            some,
            clusterOf,
            [.. pairs.Select(Local).OfType<ScoredPair>().OrderByDescending(p => p.Weight)],
            i => Local(_live.JoinedBy(places[i])),
            (left, right) => _live.Explain(places[left], places[right]),
            pair => _live.Explain(places[pair.Left], places[pair.Right]),
            [.. _live.SuspectsAmong(places).Select(Placed)],
            model: null);

        SuspectCluster Placed(SuspectCluster suspect) => suspect with
        {
            Records = [.. suspect.Records.Select(record => local[record])],
            Bridge = suspect.Bridge is { } bridge
                ? bridge with { Left = local[bridge.Left], Right = local[bridge.Right], Parted = [.. bridge.Parted.Select(record => local[record])] }
                : null,
        };
    }

    /// <summary>Notes the golden ids that were given.</summary>
    public void Note(KnownRecords some, ClusterPlan plan)
    {
        for (var i = 0; i < some.Count; i++)
        {
            _golden[_records.PlaceOf(some.Ids[i])] = plan.IdAt(i);
        }
    }
}

/// <summary>What a source says of a record since the last resolution.</summary>
/// <param name="Values">As the engine reads them; null when the record is gone.</param>
internal sealed record ChangedRecord(Guid Id, Guid SourceId, string Source, long CleanedAt, string?[]? Values);
