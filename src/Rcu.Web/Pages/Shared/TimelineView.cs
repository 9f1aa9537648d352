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

    /// <summary>The people of the account, one of whom may be asked for.</summary>
    public IReadOnlyList<(Guid Id, string Name)> People { get; init; } = [];

    /// <summary>The sources that speak of it.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The chip that is on.</summary>
    public string Chip => Filter.Channel is { } channel ? $"canal={Uri.EscapeDataString(channel)}"
        : Filter.Nature is { } nature ? $"nature={nature.ToString().ToLowerInvariant()}" : "";

    /// <summary>The person asked for; none on the sheet of a person.</summary>
    public Guid? Who => Filter.AccountId is null ? null : Filter.ContactId;

    /// <summary>Those of the sources, and those of what is shown.</summary>
    public IReadOnlyList<string> Origins =>
        [.. Sources.Concat(Page.Items.Select(i => i.Source)).Append(Filter.Source).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A chip, with the person, the source and the words that are asked for.</summary>
    public string Link(string chip, string cursor = "")
    {
        var query = string.Join('&', new[]
        {
            chip, Filter.Words is { } words ? $"mots={Uri.EscapeDataString(words)}" : "", Who is { } who ? $"qui={who}" : "",
            Filter.Source is { } source ? $"origine={Uri.EscapeDataString(source)}" : "", cursor,
        }.Where(part => part.Length > 0));
        return query.Length == 0 ? Address : $"{Address}{(Address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
    }

    public string? NextLink => Page.Next is null ? null : Link(Chip, $"apres={Page.Next}");

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
