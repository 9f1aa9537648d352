using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Accounts;

/// <summary>What the address of a list of accounts says: its filters and its sort. The list, what follows a row and exports all read it so.</summary>
internal abstract class AccountListPage : PageModel
{
    // What an address holds besides: the page, and what the sheet of one account adds.
    private static readonly string[] Names =
        ["q", "type", "region", "dep", "ville", "naf", "effectif", "source", "vue", "probleme", "de", "suivi", "proprietaire", "etiquette", "etape", "tri", "inverse"];

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

    /// <summary>Only those the reader follows.</summary>
    [BindProperty(SupportsGet = true, Name = "suivi")]
    public bool Followed { get; set; }

    /// <summary>Whose they are: <c>moi</c>, an e-mail, or <c>personne</c>.</summary>
    [BindProperty(SupportsGet = true, Name = "proprietaire")]
    public string? Owner { get; set; }

    [BindProperty(SupportsGet = true, Name = "etiquette")]
    public string? Tag { get; set; }

    /// <summary>The stage of one of their opportunities.</summary>
    [BindProperty(SupportsGet = true, Name = "etape")]
    public OpportunityStage? Stage { get; set; }

    [BindProperty(SupportsGet = true, Name = "tri")]
    public AccountSort Sort { get; set; }

    [BindProperty(SupportsGet = true, Name = "inverse")]
    public bool Reversed { get; set; }

    /// <summary>The filters in force: what the address calls each, and its value.</summary>
    public IReadOnlyList<(string Name, string Value)> Filters =>
    [
        .. new (string Name, string? Value)[]
        {
            ("q", Text), ("type", Type?.ToString()), ("region", Region), ("dep", Department), ("ville", City), ("naf", Naf),
            ("effectif", Headcount), ("source", Source), ("vue", Watch?.ToString()), ("probleme", Problem), ("de", Whose),
            ("suivi", Followed ? "true" : null), ("proprietaire", Owner), ("etiquette", Tag), ("etape", Stage?.ToString()),
        }.Where(f => !string.IsNullOrWhiteSpace(f.Value)).Select(f => (f.Name, f.Value!)),
    ];

    public AccountFilter Filter => new()
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
        Follower = Followed ? User.Name : null,
        Owners = Owner switch { null or "" or "personne" => [], "moi" => User.Names, _ => [Owner.Trim().ToLowerInvariant()] },
        IsOwnerless = Owner == "personne",
        Tag = Tag,
        Stage = Stage,
    };

    /// <summary>Filters and sort, as another page's address carries them.</summary>
    public IEnumerable<(string Name, string? Value)> Carried => Filters.Select(f => (f.Name, (string?)f.Value))
        .Append(("tri", Sort == default ? null : $"{Sort}")).Append(("inverse", Reversed ? "true" : null));

    // A steward may look at anyone's; the others at their own, whoever they ask for.
    private IReadOnlyList<string> Sought => Whose is not { Length: > 0 } whose ? []
        : whose != "moi" && User.IsInAny(HubRoles.Steward, HubRoles.Admin) ? [whose] : User.Names;

    /// <summary>The address of the list one came from, out of the address of one of its rows.</summary>
    public static string QueryOf(IQueryCollection query) =>
        Joined(query.Where(v => Names.Contains(v.Key)).Select(v => (v.Key, (string?)v.Value.ToString())));

    public static string Joined(IEnumerable<(string Name, string? Value)> values) =>
        $"{QueryString.Create(values.Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Name, v.Value)))}";
}
