using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Accounts;

/// <summary>The list of accounts. Filters, sort and page are all in the address, which can be copied to a colleague.</summary>
internal sealed class IndexModel(AccountList list, AccountScope scope, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public AccountType? Type { get; set; }

    [BindProperty(SupportsGet = true, Name = "region")]
    public string? Region { get; set; }

    [BindProperty(SupportsGet = true, Name = "dep")]
    public string? Department { get; set; }

    [BindProperty(SupportsGet = true, Name = "ville")]
    public string? City { get; set; }

    [BindProperty(SupportsGet = true, Name = "naf")]
    public string? Naf { get; set; }

    [BindProperty(SupportsGet = true, Name = "effectif")]
    public string? Headcount { get; set; }

    [BindProperty(SupportsGet = true, Name = "source")]
    public string? Source { get; set; }

    [BindProperty(SupportsGet = true, Name = "vue")]
    public AccountWatch? Watch { get; set; }

    [BindProperty(SupportsGet = true, Name = "probleme")]
    public string? Problem { get; set; }

    /// <summary><c>moi</c>: what the reader is in charge of, or typed something of.</summary>
    [BindProperty(SupportsGet = true, Name = "de")]
    public string? Whose { get; set; }

    [BindProperty(SupportsGet = true, Name = "tri")]
    public AccountSort Sort { get; set; }

    [BindProperty(SupportsGet = true, Name = "inverse")]
    public bool Reversed { get; set; }

    [BindProperty(SupportsGet = true, Name = "apres")]
    public string? After { get; set; }

    public AccountPage Found { get; private set; } = null!;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    /// <summary>The filters in force: what the address calls each, and its value.</summary>
    public IReadOnlyList<(string Name, string Value)> Filters =>
    [
        .. new (string Name, string? Value)[]
        {
            ("q", Text), ("type", Type?.ToString()), ("region", Region), ("dep", Department), ("ville", City), ("naf", Naf),
            ("effectif", Headcount), ("source", Source), ("vue", Watch?.ToString()),
            ("probleme", Problem), ("de", Whose),
        }.Where(f => !string.IsNullOrWhiteSpace(f.Value)).Select(f => (f.Name, f.Value!)),
    ];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var filter = new AccountFilter
        {
            Text = Text,
            Type = Type,
            Region = Region,
            Department = Department,
            City = City,
            Naf = Naf,
            HeadcountBand = Headcount,
            Source = Source,
            Watch = Watch,
            Problem = Problem,
            Contributors = Sought,
        };
        var after = PageCursor.TryParse(After, null, out var cursor) ? cursor : null;
        Found = await list.ReadAsync(scope, filter, Sort, Reversed, after, ct);
    }

    // A steward may look at anyone's; the others at their own, whoever they ask for.
    private IReadOnlyList<string> Sought => Whose is not { Length: > 0 } whose ? []
        : whose != "moi" && User.IsInAny(HubRoles.Steward, HubRoles.Admin) ? [whose] : User.Names;

    /// <summary>This list, with another sort: the second click on a column turns it over.</summary>
    public string SortLink(AccountSort sort) => Link(
        Filters.Select(f => (f.Name, (string?)f.Value)).Append(("tri", sort == default ? null : $"{sort}"))
            .Append(("inverse", sort == Sort && !Reversed ? "true" : null)));

    public string NextLink() => Link(
        Filters.Select(f => (f.Name, (string?)f.Value)).Append(("tri", Sort == default ? null : $"{Sort}"))
            .Append(("inverse", Reversed ? "true" : null)).Append(("apres", Found.Next?.ToString())));

    /// <summary>This list without one of its filters.</summary>
    public string WithoutLink(string filter) => Link(Filters.Where(f => f.Name != filter).Select(f => (f.Name, (string?)f.Value)));

    public static string WatchLink(AccountWatch? watch) => Link([("vue", watch?.ToString())]);

    private static string Link(IEnumerable<(string Name, string? Value)> values) =>
        "/comptes" + QueryString.Create(values.Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Name, v.Value)));
}
