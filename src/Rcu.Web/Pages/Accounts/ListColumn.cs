using Rcu.Exploration;

namespace Rcu.Web.Pages.Accounts;

/// <summary>The columns a list of accounts may show, after the name; those that sort say by what.</summary>
internal sealed record ListColumn(string Key, AccountSort? Sort = null, bool IsNumber = false)
{
    public static readonly IReadOnlyList<ListColumn> All =
    [
        new("status"), new("city", AccountSort.City), new("naf", AccountSort.Naf), new("headcount"), new("revenue", AccountSort.Revenue, true),
        new("last", AccountSort.LastInteraction), new("engagement", AccountSort.Engagement, true), new("quality", AccountSort.Quality, true),
        new("owner"), new("tags"), new("sources"),
    ];

    public static readonly IReadOnlyList<string> Usual = ["status", "city", "naf", "headcount", "revenue", "last", "engagement", "quality"];

    /// <summary>Those that exist, in the order they are offered.</summary>
    public static IReadOnlyList<ListColumn> Of(IReadOnlyCollection<string> keys) => [.. All.Where(c => keys.Contains(c.Key))];
}
