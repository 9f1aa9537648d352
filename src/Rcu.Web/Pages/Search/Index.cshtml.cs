using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Search;

/// <summary>The one search field: a fragment under it while typing, a page when Enter is pressed, the record itself when it is certain.</summary>
internal sealed class IndexModel(Exploration.Search search, SideReads side, AccountScope scope, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    private const int InFragment = 6;
    private const int OnPage = 25;
    private const int ShownRecent = 8;
    private const int ShownEntries = 5;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    public SearchAnswer Answer { get; private set; } = null!;

    /// <summary>Pages and acts of that name.</summary>
    public IReadOnlyList<PaletteEntry> Entries { get; private set; } = [];

    /// <summary>What was said with these words.</summary>
    public IReadOnlyList<CommentHit> Comments { get; private set; } = [];

    /// <summary>Whether this person may look in the French register.</summary>
    public bool HasRegister => User.IsInAny(HubRoles.Steward, HubRoles.Admin);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        // What may be a number or a key mostly opens its record, without this page.
        await using var said = Request.IsHtmx || SearchQuery.Of(Text) is not { Key: null, Email: null } ? null : Said(ct);
        Answer = await search.FindAsync(scope, Rights, Text, Request.IsHtmx ? InFragment : OnPage, ct);
        Entries = EntriesFor(Answer.Query);
        if (Request.IsHtmx)
        {
            var recent = Answer.Query.IsEmpty && !Answer.Query.IsCommand ? await search.RecentAsync(scope, User.Name, ShownRecent, ct) : [];
            return Partial("_Results", new Palette(Answer, recent, Answer.Query.IsCommand ? Entries : [.. Entries.Take(ShownEntries)]));
        }

        if (Answer.Direct.Count == 1)
        {
            return Redirect(AddressOf(Answer.Direct[0]));
        }

        await using var found = said ?? Said(ct);
        Comments = await found.ValueAsync();
        return Page();
    }

    private SideRead<IReadOnlyList<CommentHit>> Said(CancellationToken ct) =>
        side.Begin(other => new CommentSearch(other, clock).FindAsync(scope, Text, OnPage, ct));

    /// <summary>What can be done with one of the records found.</summary>
    public async Task<IActionResult> OnGetActsAsync(SearchKind kind, Guid id, CancellationToken ct) =>
        await search.OneAsync(scope, kind, id, ct) is { } hit ? Partial("_Acts", (hit, PaletteEntry.On(hit, User))) : NotFound();

    public static string AddressOf(SearchHit hit) => hit.Kind switch
    {
        SearchKind.Account => $"/comptes/{hit.Id}",
        SearchKind.Contact => $"/contacts/{hit.Id}",
        SearchKind.Segment => $"/segments/{hit.Id}",
        SearchKind.Import => $"/imports/{hit.Id}",
        _ => throw new ArgumentOutOfRangeException(nameof(hit)),
    };

    /// <summary>How many there are, as a number that may be cut.</summary>
    public static string Total(int? total, int given) =>
        total is not { } all ? Show.Count(given) : all >= SearchTotals.Counted ? $"{Show.Count(SearchTotals.Counted)}+" : Show.Count(all);

    private SearchRights Rights => new(
        Segments: User.IsInAny(HubRoles.Marketing, HubRoles.Admin), Imports: User.IsInAny(HubRoles.Steward, HubRoles.Admin));

    private IReadOnlyList<PaletteEntry> EntriesFor(SearchQuery query) =>
        query.Name.IsEmpty && (query.IsCommand || query.Typed.Length == 0)
            ? [.. PaletteEntry.Of(User).Where(entry => query.IsCommand || entry.IsAct || entry.Key is "tasks" or "mine" or "accounts" or "contacts")]
            : PaletteEntry.Find(User, query, texts);
}
