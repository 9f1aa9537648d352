namespace Rcu.Ingestion.Reading.Guesses;

/// <summary>The first lines of a file where something was seen: as many as a person looks at.</summary>
internal sealed class LineList
{
    private const int Most = 10;

    private readonly List<LinePlace> _places = [];

    public bool Any => _places.Count > 0;

    public void Add(LinePlace place)
    {
        if (_places.Count < Most && (_places.Count == 0 || _places[^1] != place))
        {
            _places.Add(place);
        }
    }

    public IReadOnlyList<long> Lines(LineCount count) => [.. _places.Select(count.Now).Distinct()];
}
