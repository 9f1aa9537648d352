namespace Rcu.Resolution;

/// <summary>Which records were put before the engine, in the order it numbers them: column by column, for there may be millions.</summary>
internal sealed class KnownRecords
{
    private readonly List<Guid> _ids = [];
    private readonly List<short> _sources = [];
    private readonly List<long> _cleanedAt = [];
    private readonly List<string> _names = [];
    private readonly List<Guid> _sourceIds = [];
    private readonly Dictionary<Guid, short> _sourceById = [];
    private Dictionary<Guid, int>? _placeOf;

    public int Count => _ids.Count;

    public IReadOnlyList<Guid> Ids => _ids;

    /// <summary>The name of the source of a record.</summary>
    public string SourceOf(int record) => _names[_sources[record]];

    /// <summary>When it was cleaned, as the server counts instants.</summary>
    public long CleanedAt(int record) => _cleanedAt[record];

    /// <summary>The place of a record among these, -1 when it is none of them.</summary>
    public int PlaceOf(Guid record)
    {
        if (_placeOf is null)
        {
            _placeOf = new Dictionary<Guid, int>(Count);
            for (var i = 0; i < Count; i++)
            {
                _placeOf.Add(_ids[i], i);
            }
        }

        return _placeOf.TryGetValue(record, out var place) ? place : -1;
    }

    /// <summary>Notes when a record was cleaned last.</summary>
    public void Clean(int record, long at) => _cleanedAt[record] = at;

    /// <summary>Takes a record of others over.</summary>
    public void Copy(KnownRecords others, int place) =>
        Add(others._ids[place], others._sourceIds[others._sources[place]], _ => others.SourceOf(place), others._cleanedAt[place]);

    public void Add(Guid id, Guid source, Func<Guid, string> nameOf, long cleanedAt)
    {
        if (!_sourceById.TryGetValue(source, out var known))
        {
            known = _sourceById[source] = (short)_names.Count;
            _names.Add(nameOf(source));
            _sourceIds.Add(source);
        }

        _placeOf?.Add(id, Count);
        _ids.Add(id);
        _sources.Add(known);
        _cleanedAt.Add(cleanedAt);
    }
}
