using System.Globalization;

namespace Rcu.Unification;

/// <summary>Reads the text of canonical fields back into values. Cleaning wrote them: what cannot be read is simply unknown.</summary>
internal static class FieldText
{
    public static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    public static DateOnly? Date(string? text) => Instant(text) is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null;

    public static int? Whole(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool Yes(string? text) => text is "true";
}
