using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Contacts;

/// <summary>What the address of a list of people says: its filters and its sort. The list and its files read it so.</summary>
internal abstract class ContactListPage : PageModel
{
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

    [BindProperty(SupportsGet = true, Name = "etiquette")]
    public string? Tag { get; set; }

    [BindProperty(SupportsGet = true, Name = "tri")]
    public ContactSort Sort { get; set; }

    [BindProperty(SupportsGet = true, Name = "inverse")]
    public bool Reversed { get; set; }

    /// <summary>The filters in force: what the address calls each, and its value.</summary>
    public IReadOnlyList<(string Name, string Value)> Filters =>
    [
        .. new (string Name, string? Value)[]
        {
            ("q", Text), ("role", Function?.ToString()), ("niveau", Level), ("service", Department), ("email", Email?.ToString()),
            ("source", Source), ("probleme", Problem), ("de", Whose), ("etiquette", Tag),
        }.Where(f => !string.IsNullOrWhiteSpace(f.Value)).Select(f => (f.Name, f.Value!)),
    ];

    public ContactFilter Filter => new()
    {
        Text = Text,
        Function = Function,
        Level = Level,
        Department = Department,
        EmailReach = Email,
        Source = Source,
        Problem = Problem,
        Contributors = Sought,
        Tag = Tag,
    };

    /// <summary>Filters and sort, as another page's address carries them.</summary>
    public IEnumerable<(string Name, string? Value)> Carried => Filters.Select(f => (f.Name, (string?)f.Value))
        .Append(("tri", Sort == default ? null : $"{Sort}")).Append(("inverse", Reversed ? "true" : null));

    // A steward may look at anyone's; the others at their own, whoever they ask for.
    private IReadOnlyList<string> Sought => Whose is not { Length: > 0 } whose ? []
        : whose != "moi" && User.IsInAny(HubRoles.Steward, HubRoles.Admin) ? [whose] : User.Names;
}
