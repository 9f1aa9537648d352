using System.Text.Json.Serialization;

namespace Rcu.Ingestion.Reading;

/// <summary>What a person put in the place of a cell before its row went in. Kept beside the row, whose own words stay.</summary>
/// <param name="Was">What the file says there; the correction holds for these words alone.</param>
public sealed record RowCorrection(
    [property: JsonPropertyName("valeur")] string Value,
    [property: JsonPropertyName("fichier")] string Was,
    [property: JsonPropertyName("par")] string By,
    [property: JsonPropertyName("le")] DateTimeOffset At);
