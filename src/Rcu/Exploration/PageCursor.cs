using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Rcu.Exploration;

/// <summary>Where a page of a sorted list ended: the next one begins after that row, whatever was added or removed meanwhile.</summary>
/// <param name="Value">The sorted value of the last row, as JSON; null once the rows that have none are reached.</param>
public sealed record PageCursor(string? Value, Guid Id) : IParsable<PageCursor>
{
    public static PageCursor Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var cursor) ? cursor : throw new FormatException("This is not a cursor.");

    public static bool TryParse(
        [NotNullWhen(true)] string? text, IFormatProvider? provider, [MaybeNullWhen(false)] out PageCursor cursor)
    {
        cursor = null;
        try
        {
            cursor = string.IsNullOrEmpty(text)
                ? null
                : JsonSerializer.Deserialize<PageCursor>(Base64Url.DecodeFromChars(text), JsonSerializerOptions.Web);
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException)
        {
            // Cut or made up by hand: the list begins again.
        }

        return cursor is not null;
    }

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, JsonSerializerOptions.Web)));
}
