using System.Globalization;
using System.Text.Json;

namespace Rcu.Ingestion.Connectors.Http;

/// <summary>Where the reading of an API is: what it was asked since, its next page, and what the next reading will ask since.</summary>
/// <param name="Next">The next page, offset, cursor or address; null at the first page.</param>
/// <param name="Latest">The latest change among the records read so far.</param>
/// <param name="Began">What time it was over there at the first page: what changed after it may have been missed.</param>
/// <param name="Print">Of the page before: one that comes again and again is no page.</param>
internal sealed record HttpCursor(string? Since = null, string? Next = null, string? Latest = null, DateTimeOffset? Began = null, string? Print = null)
{
    public static HttpCursor Of(string? cursor) => cursor is null ? new HttpCursor() : JsonSerializer.Deserialize<HttpCursor>(cursor)!;

    public string ToText() => JsonSerializer.Serialize(this);

    /// <summary>The later of two changes: instants, else numbers, else texts.</summary>
    public static string? Later(string? one, string? other) =>
        one is null || other is null ? one ?? other
        : Instant(one) is { } a && Instant(other) is { } b ? (a >= b ? one : other)
        : decimal.TryParse(one, CultureInfo.InvariantCulture, out var x) && decimal.TryParse(other, CultureInfo.InvariantCulture, out var y) ? (x >= y ? one : other)
        : string.CompareOrdinal(one, other) >= 0 ? one : other;

    /// <summary>Where the reading that follows this one begins: never after this one began, and a little before the latest change.</summary>
    public HttpCursor Ended(TimeSpan overlap)
    {
        if (Latest is null || Instant(Latest) is not { } latest)
        {
            return new HttpCursor(Latest ?? Since);
        }

        var until = Began < latest ? Began.Value : latest;
        var since = (until - overlap).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        return new HttpCursor(Later(since, Since));
    }

    // A number is no instant, whatever the reader of instants makes of it.
    private static DateTimeOffset? Instant(string text) =>
        !decimal.TryParse(text, CultureInfo.InvariantCulture, out _)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
