using Microsoft.AspNetCore.Mvc;
using Rcu.Exploration;
using Rcu.Security;

namespace Rcu.Web.Pages.Accounts;

/// <summary>The list of accounts. Filters, sort and page are all in the address, which can be copied to a colleague.</summary>
internal sealed class IndexModel(AccountList list, AccountScope scope, TimeProvider clock) : AccountListPage
{
    [BindProperty(SupportsGet = true, Name = "apres")]
    public string? After { get; set; }

    public AccountPage Found { get; private set; } = null!;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public async Task OnGetAsync(CancellationToken ct)
    {
        var after = PageCursor.TryParse(After, null, out var cursor) ? cursor : null;
        Found = await list.ReadAsync(scope, Filter, Sort, Reversed, after, ct);
    }

    /// <summary>The sheet of an account, which knows the list it was opened from.</summary>
    public string RowLink(Guid id) => $"/comptes/{id}{Joined([("liste", "true"), .. Carried])}";

    /// <summary>This list, with another sort: the second click on a column turns it over.</summary>
    public string SortLink(AccountSort sort) => Link(
        Filters.Select(f => (f.Name, (string?)f.Value)).Append(("tri", sort == default ? null : $"{sort}"))
            .Append(("inverse", sort == Sort && !Reversed ? "true" : null)));

    public string NextLink() => Link([.. Carried, ("apres", Found.Next?.ToString())]);

    /// <summary>This list without one of its filters.</summary>
    public string WithoutLink(string filter) => Link(Filters.Where(f => f.Name != filter).Select(f => (f.Name, (string?)f.Value)));

    public static string WatchLink(AccountWatch? watch) => Link([("vue", watch?.ToString())]);

    private static string Link(IEnumerable<(string Name, string? Value)> values) => "/comptes" + Joined(values);
}
