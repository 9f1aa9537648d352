using System.Text.Json;

namespace Rcu.Ingestion.Connectors.HubSpot;

/// <summary>Where the reading of a HubSpot account is: one object after the other, what lives, then what was archived.</summary>
/// <param name="Object">Which of the objects.</param>
/// <param name="Archived">Whether its living ones are all read.</param>
/// <param name="After">The next page of a list, or the last identifier of a search; null at their beginning.</param>
/// <param name="Began">What time it was over there when this object's reading began.</param>
internal sealed record HubSpotCursor(int Object, bool Archived, string? After, DateTimeOffset? Began)
{
    /// <summary>Since when each object is to be read again; one that is missing is read whole.</summary>
    public Dictionary<string, DateTimeOffset> Since { get; init; } = [];

    public static HubSpotCursor Of(string? cursor) => cursor is null ? new(0, false, null, null) : JsonSerializer.Deserialize<HubSpotCursor>(cursor)!;

    public bool IsStart => this is { Object: 0, Archived: false, After: null };

    public string ToText() => JsonSerializer.Serialize(this);

    /// <summary>This step is over: what was archived since comes after what lives, then the next object.</summary>
    public HubSpotCursor Step(HubSpotObject current, TimeSpan overlap) =>
        !Archived && Since.ContainsKey(current.Path) ? this with { Archived = true, After = null }
        : new HubSpotCursor((Object + 1) % HubSpotObject.All.Count, false, null, null)
        {
            Since = new Dictionary<string, DateTimeOffset>(Since) { [current.Path] = Began!.Value - overlap },
        };
}
