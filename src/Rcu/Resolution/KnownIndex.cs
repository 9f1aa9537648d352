using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>
/// The records of one kind as the engine looks others up in them, and the golden row each belongs to. What changes makes
/// another one on the same engine: whoever still asks this one is answered as before, but for what the engine was told since.
/// </summary>
internal sealed class KnownIndex
{
    private readonly MatchIndex _engine;
    private readonly KnownRecords _records;
    private readonly Guid[] _ids;
    private readonly Guid[] _clusters;
    private readonly string[] _sources;

    private KnownIndex(MatchIndex engine, KnownRecords records, Guid[] ids, Guid[] clusters, string[] sources) =>
        (_engine, _records, _ids, _clusters, _sources) = (engine, records, ids, clusters, sources);

    public int Count => _ids.Length;

    public static KnownIndex Of(MatchIndex engine, KnownRecords records, Func<Guid, Guid?> clusterOf) => new(
        engine,
        records,
        [.. records.Ids],
        [.. records.Ids.Select(id => clusterOf(id) ?? Guid.Empty)],
        [.. Enumerable.Range(0, records.Count).Select(records.SourceOf)]);

    /// <summary>The known records that these values may be and that belong to a golden row, the likeliest first.</summary>
    public IEnumerable<(Guid Record, string Source, Guid Cluster, Candidate Candidate)> Find(IReadOnlyList<string?> values, int most) => _engine
        .Candidates(values, most)
        .Where(candidate => candidate.Index < Count && _clusters[candidate.Index] != Guid.Empty)
        .OrderByDescending(candidate => candidate.Explanation.Total).ThenBy(candidate => _ids[candidate.Index])
        .Select(candidate => (_ids[candidate.Index], _sources[candidate.Index], _clusters[candidate.Index], candidate));

    /// <summary>Tells the engine what changed. For one caller at a time.</summary>
    /// <param name="clusters">The golden row of each record that has another, or one for the first time.</param>
    public KnownIndex Follow(IReadOnlyList<ChangedRecord> changes, IReadOnlyList<Guid> gone, IReadOnlyDictionary<Guid, Guid> clusters)
    {
        foreach (var change in changes)
        {
            var place = _records.PlaceOf(change.Id);
            if (place < 0)
            {
                place = _records.Count;
                _records.Add(change.Id, change.SourceId, _ => change.Source, change.CleanedAt);
            }

            _engine.Put(place, ResolutionData.Text(change.Id), change.Source, change.Values!);
        }

        foreach (var place in gone.Select(_records.PlaceOf).Where(place => place >= 0))
        {
            _engine.Remove(place);
        }

        var (ids, known, sources) = (_ids, _clusters, _sources);
        Array.Resize(ref ids, _records.Count);
        Array.Resize(ref known, _records.Count);
        Array.Resize(ref sources, _records.Count);
        known = ReferenceEquals(known, _clusters) ? [.. known] : known;
        for (var place = Count; place < ids.Length; place++)
        {
            (ids[place], sources[place]) = (_records.Ids[place], _records.SourceOf(place));
        }

        foreach (var (record, cluster) in clusters)
        {
            if (_records.PlaceOf(record) is >= 0 and var place)
            {
                known[place] = cluster;
            }
        }

        return new KnownIndex(_engine, _records, ids, known, sources);
    }
}
