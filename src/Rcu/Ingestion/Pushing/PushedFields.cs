using System.Text.Json;
using System.Text.Json.Serialization;
using Rcu.Customers;
using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion.Pushing;

/// <summary>What a program says of one thing in the hub's own words, without a file: each property is a canonical field.</summary>
public abstract record PushedFields
{
    private static readonly JsonSerializerOptions Canonical = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    [JsonIgnore]
    public abstract RecordKind RecordKind { get; }

    /// <summary>The canonical fields that say something, as text; what cannot be stored is left out of them.</summary>
    public IReadOnlyDictionary<string, string> ToCanonical() =>
        JsonSerializer.SerializeToElement(this, GetType(), Canonical).EnumerateObject()
            .Select(field => (field.Name, Text: SafeText.Of(field.Value.ToString(), out _)))
            .Where(field => !string.IsNullOrWhiteSpace(field.Text))
            .ToDictionary(field => field.Name, field => field.Text);

    /// <summary>Every canonical field that may be said of such a thing.</summary>
    internal IReadOnlyList<string> Names() =>
        [.. GetType().GetProperties().Where(p => p.Name is not nameof(RecordKind)).Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name)).Order(StringComparer.Ordinal)];
}
