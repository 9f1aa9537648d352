using Rcu.Exploration;

namespace Rcu.Web.Pages.Contacts;

/// <summary>The columns a list of people may show, after the name; those that sort say by what.</summary>
internal sealed record ContactColumn(string Key, ContactSort? Sort = null, bool IsNumber = false)
{
    public static readonly IReadOnlyList<ContactColumn> All =
    [
        new("job", ContactSort.JobTitle), new("account", ContactSort.Account), new("phone"), new("email", ContactSort.Email),
        new("quality", ContactSort.Quality, true), new("department"), new("level"), new("tags"), new("sources"),
    ];

    public static readonly IReadOnlyList<string> Usual = ["job", "account", "phone", "email", "quality"];

    /// <summary>Those that exist, in the order they are offered.</summary>
    public static IReadOnlyList<ContactColumn> Of(IReadOnlyCollection<string> keys) => [.. All.Where(c => keys.Contains(c.Key))];
}
