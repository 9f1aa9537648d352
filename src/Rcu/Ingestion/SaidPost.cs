using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rcu.Ingestion;

/// <summary>
/// A tie of a contact to one of the accounts of its source, beside or with its main one: what a CRM calls an association. A contact's
/// record holds them as JSON in its field <see cref="Field"/>.
/// </summary>
/// <param name="Key">The account's key in that source.</param>
/// <param name="Labels">What the source calls the tie, word for word: « Décideur », « Billing contact ».</param>
/// <param name="Over">The source says that it is a thing of the past.</param>
public sealed record SaidPost(string Key, IReadOnlyList<string> Labels, DateOnly? From = null, DateOnly? To = null, bool Over = false)
{
    public const string Field = "posts";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Null when there is none, so that a contact with one plain account says nothing more.</summary>
    public static string? Write(IEnumerable<SaidPost> posts) =>
        posts.OrderBy(post => post.Key, StringComparer.Ordinal).ToList() is { Count: > 0 } said ? JsonSerializer.Serialize(said, Json) : null;

    /// <summary>None when the text is not what <see cref="Write"/> gives.</summary>
    public static IReadOnlyList<SaidPost> Read(string? text)
    {
        try
        {
            return text is null ? [] : [.. (JsonSerializer.Deserialize<List<SaidPost?>>(text, Json) ?? []).OfType<SaidPost>().Where(post => post.Key is not null && post.Labels is not null)];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
