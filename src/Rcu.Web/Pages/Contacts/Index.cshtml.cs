using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Contacts;

/// <summary>The list of people. Filters, sort and page are all in the address.</summary>
internal sealed class IndexModel(ContactList list, AccountScope scope) : PageModel
{
    /// <summary>As the job title rules name them.</summary>
    public static readonly IReadOnlyList<string> Levels = ["C_LEVEL", "MANAGER", "STAFF"];

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true, Name = "role")]
    public RoleFunction? Function { get; set; }

    [BindProperty(SupportsGet = true, Name = "niveau")]
    public string? Level { get; set; }

    [BindProperty(SupportsGet = true, Name = "service")]
    public string? Department { get; set; }

    [BindProperty(SupportsGet = true, Name = "email")]
    public Reach? Email { get; set; }

    [BindProperty(SupportsGet = true, Name = "source")]
    public string? Source { get; set; }

    [BindProperty(SupportsGet = true, Name = "probleme")]
    public string? Problem { get; set; }

    /// <summary><c>moi</c>: what the reader is in charge of, or typed something of.</summary>
    [BindProperty(SupportsGet = true, Name = "de")]
    public string? Whose { get; set; }

    [BindProperty(SupportsGet = true, Name = "tri")]
    public ContactSort Sort { get; set; }

    [BindProperty(SupportsGet = true, Name = "inverse")]
    public bool Reversed { get; set; }

    [BindProperty(SupportsGet = true, Name = "apres")]
    public string? After { get; set; }

    public ContactPage Found { get; private set; } = null!;

    public IReadOnlyList<(string Name, string Value)> Filters =>
    [
        .. new (string Name, string? Value)[]
        {
            ("q", Text), ("role", Function?.ToString()), ("niveau", Level), ("service", Department), ("email", Email?.ToString()),
            ("source", Source), ("probleme", Problem), ("de", Whose),
        }.Where(f => !string.IsNullOrWhiteSpace(f.Value)).Select(f => (f.Name, f.Value!)),
    ];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var filter = new ContactFilter
        {
            Text = Text,
            Function = Function,
            Level = Level,
            Department = Department,
            EmailReach = Email,
            Source = Source,
            Problem = Problem,
            Contributors = Sought,
        };
        var after = PageCursor.TryParse(After, null, out var cursor) ? cursor : null;
        Found = await list.ReadAsync(scope, filter, Sort, Reversed, after, ct);
    }

    // A steward may look at anyone's; the others at their own, whoever they ask for.
    private IReadOnlyList<string> Sought => Whose is not { Length: > 0 } whose ? []
        : whose != "moi" && User.IsInAny(HubRoles.Steward, HubRoles.Admin) ? [whose] : User.Names;

    public string SortLink(ContactSort sort) => Link(
        Filters.Select(f => (f.Name, (string?)f.Value)).Append(("tri", sort == default ? null : $"{sort}"))
            .Append(("inverse", sort == Sort && !Reversed ? "true" : null)));

    public string NextLink() => Link(
        Filters.Select(f => (f.Name, (string?)f.Value)).Append(("tri", Sort == default ? null : $"{Sort}"))
            .Append(("inverse", Reversed ? "true" : null)).Append(("apres", Found.Next?.ToString())));

    public string WithoutLink(string filter) => Link(Filters.Where(f => f.Name != filter).Select(f => (f.Name, (string?)f.Value)));

    private static string Link(IEnumerable<(string Name, string? Value)> values) =>
        "/contacts" + QueryString.Create(values.Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Name, v.Value)));
}
