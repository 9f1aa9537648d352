using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Rcu.Exploration;

/// <summary>Where a page of a timeline ended. Of the same instant, interactions come first, then documents, then opportunities.</summary>
public sealed record TimelineCursor(DateTimeOffset At, TimelineNature Nature, Guid Id) : IParsable<TimelineCursor>
{
    public static TimelineCursor Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var cursor) ? cursor : throw new FormatException("This is not a cursor.");

    public static bool TryParse(
        [NotNullWhen(true)] string? text, IFormatProvider? provider, [MaybeNullWhen(false)] out TimelineCursor cursor)
    {
        var parts = text?.Split('.') ?? [];
        cursor = parts.Length == 3
            && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var ticks) && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            && Enum.TryParse<TimelineNature>(parts[1], out var nature) && Enum.IsDefined(nature)
            && Guid.TryParse(parts[2], out var id)
            ? new TimelineCursor(new DateTimeOffset(ticks, TimeSpan.Zero), nature, id)
            : null;
        return cursor is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}.{(int)Nature}.{Id:n}");

    internal static TimelineCursor Of(TimelineItem item) => new(item.At, item.Nature, item.Id);

    /// <summary>For what is dated by the day: the day reached, and whether all of it still comes after this cursor.</summary>
    internal (DateOnly Day, bool Whole) Day(TimelineNature nature) =>
        (DateOnly.FromDateTime(At.UtcDateTime), At.UtcDateTime.TimeOfDay > TimeSpan.Zero || nature > Nature);
}

/// <summary>The three sorts of things a timeline shows.</summary>
public enum TimelineNature
{
    Interaction,
    Document,
    Opportunity,
}
