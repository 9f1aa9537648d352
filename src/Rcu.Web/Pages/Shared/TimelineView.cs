using System.Globalization;
using Rcu.Exploration;

namespace Rcu.Web.Pages.Shared;

/// <summary>A page of a timeline, as it is shown: by day, with what repeats itself folded.</summary>
/// <param name="Address">The page it stands on; filters and cursors are added to it.</param>
public sealed record TimelineView(string Address, TimelinePage Page, TimelineFilter Filter, DateTimeOffset Now)
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>The chips above it: what is asked for, and the icon and text of each.</summary>
    public static readonly IReadOnlyList<(string Query, string Key, string Icon)> Chips =
    [
        ("", "timeline.all", "list"), ("canal=phone", "timeline.phone", "phone"), ("canal=email", "timeline.email", "mail"),
        ("canal=event", "timeline.event", "calendar-event"), ("canal=web", "timeline.web", "world"),
        ("nature=document", "timeline.document", "file-invoice"), ("nature=opportunity", "timeline.opportunity", "target"),
    ];

    public string Query => Filter.Words is { } words ? $"mots={Uri.EscapeDataString(words)}"
        : Filter.Channel is { } channel ? $"canal={channel}"
        : Filter.Nature is { } nature ? $"nature={nature.ToString().ToLowerInvariant()}" : "";

    public string Link(string query) => query.Length == 0 ? Address : $"{Address}{(Address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";

    public string? NextLink => Page.Next is null ? null
        : Link(string.Join('&', new[] { Query, $"apres={Page.Next}" }.Where(part => part.Length > 0)));

    /// <summary>Days, each with its entries; three pages seen in a row are one entry.</summary>
    public IEnumerable<(DateOnly Day, IReadOnlyList<IReadOnlyList<TimelineItem>> Entries)> Days =>
        Page.Items.GroupBy(DayOf).Select(day => (day.Key, (IReadOnlyList<IReadOnlyList<TimelineItem>>)Folded(day)));

    public static string TimeOf(TimelineItem item) => item.Nature is TimelineNature.Interaction
        ? TimeZoneInfo.ConvertTime(item.At, Paris).ToString("HH:mm", CultureInfo.InvariantCulture)
        : "";

    private static DateOnly DayOf(TimelineItem item) => item.Nature is TimelineNature.Interaction
        ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(item.At, Paris).DateTime)
        : DateOnly.FromDateTime(item.At.UtcDateTime);

    private static List<List<TimelineItem>> Folded(IEnumerable<TimelineItem> day)
    {
        List<List<TimelineItem>> entries = [];
        foreach (var item in day)
        {
            if (entries.Count > 0 && entries[^1][0] is { Channel: "web" or "email" } first
                && first.Kind == item.Kind && first.ContactId == item.ContactId && item.Text is null)
            {
                entries[^1].Add(item);
            }
            else
            {
                entries.Add([item]);
            }
        }

        return entries;
    }
}
