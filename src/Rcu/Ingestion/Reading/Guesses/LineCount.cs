namespace Rcu.Ingestion.Reading.Guesses;

/// <summary>Which line of a file one is at, whichever sign ends them.</summary>
internal sealed class LineCount
{
    public LinePlace Here { get; private set; } = new(1, 1);

    public void Pass(ReadOnlySpan<byte> bytes) =>
        Here = new LinePlace(Here.ByFeeds + bytes.Count((byte)'\n'), Here.ByReturns + bytes.Count((byte)'\r'));

    /// <summary>The number of a line, once it is known what ends them.</summary>
    public long Now(LinePlace place) => Here.ByFeeds == 1 ? place.ByReturns : place.ByFeeds;
}

/// <summary>A line counted both ways.</summary>
internal readonly record struct LinePlace(long ByFeeds, long ByReturns);
