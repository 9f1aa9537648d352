using System.Text.Json;

namespace Rcu.Ingestion.Connectors.Salesforce;

/// <summary>Where the reading of a Salesforce organisation is: one object after the other.</summary>
/// <param name="Next">Where the rest of the query is, as long as Salesforce keeps it.</param>
/// <param name="Last">The last record read: from where the query is asked again when its rest is kept no more.</param>
internal sealed record SalesforceCursor(int Object, string? Next, SalesforceCursor.Place? Last)
{
    /// <summary>Since when each object is to be read again; one that is missing is read whole.</summary>
    public Dictionary<string, DateTimeOffset> Since { get; init; } = [];

    public static SalesforceCursor Of(string? cursor) => cursor is null ? new(0, null, null) : JsonSerializer.Deserialize<SalesforceCursor>(cursor)!;

    public bool IsStart => this is { Object: 0, Next: null, Last: null };

    public string ToText() => JsonSerializer.Serialize(this);

    /// <summary>This object is read: the next one.</summary>
    public SalesforceCursor Step(SalesforceObject current, TimeSpan overlap)
    {
        var since = new Dictionary<string, DateTimeOffset>(Since);
        if (Last is { } last && (!since.TryGetValue(current.Name, out var before) || last.At - overlap > before))
        {
            since[current.Name] = last.At - overlap;
        }

        return new SalesforceCursor((Object + 1) % SalesforceObject.All.Count, null, null) { Since = since };
    }

    /// <summary>A record by the order of the queries.</summary>
    internal sealed record Place(DateTimeOffset At, string Id);
}
