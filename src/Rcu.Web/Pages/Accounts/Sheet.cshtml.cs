using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Activation;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Ingestion;
using Rcu.Insight.Worth;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;
using Rcu.Web.Pages.Diary;
using Rcu.Web.Pages.Shared;

namespace Rcu.Web.Pages.Accounts;

/// <summary>All of one account on one page: whom to call and why, then its tabs, each with an address of its own.</summary>
internal sealed class SheetModel(
    AccountSheets sheets, Timeline timeline, AccountSales sales, WhiteSpace white, AccountGroup group, OrganisationChart chart, Lineage lineage, ProfileJourney journey, SourceKeys keys,
    Worths worths, Edits edits, Notes notes, AccountDesk desk, AccountScope scope, TimeProvider clock) : PageModel
{
    private string? _field;
    private string? _value;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true, Name = "onglet")]
    public AccountTab Tab { get; set; }

    /// <summary>Where a page of the tab begins.</summary>
    [BindProperty(SupportsGet = true, Name = "apres")]
    public string? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public TimelineAsked Asked { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "fermes")]
    public bool Closed { get; set; }

    /// <summary>The account of the group whose children are asked for.</summary>
    [BindProperty(SupportsGet = true, Name = "noeud")]
    public Guid? Node { get; set; }

    [BindProperty(SupportsGet = true, Name = "role")]
    public RoleFunction? Part { get; set; }

    /// <summary>The document whose lines are shown.</summary>
    [BindProperty(SupportsGet = true, Name = "document")]
    public Guid? Document { get; set; }

    /// <summary>The id this address named before it was joined to this account.</summary>
    [BindProperty(SupportsGet = true, Name = "ancien")]
    public Guid? Retired { get; set; }

    /// <summary>Whether one came from a list, whose filters and sort are in the address.</summary>
    [BindProperty(SupportsGet = true, Name = "liste")]
    public bool InList { get; set; }

    /// <summary>The address of that list, without its page.</summary>
    public string ListQuery => AccountListPage.QueryOf(Request.Query);

    public AccountSheet Sheet { get; private set; } = null!;

    /// <summary>What the reader has of their own on it.</summary>
    public DeskView Desk { get; private set; } = null!;

    public TimelineView? Activity { get; private set; }

    public IReadOnlyList<AccountContact> Contacts { get; private set; } = [];

    public IReadOnlyList<Establishment> Establishments { get; private set; } = [];

    public IReadOnlyList<ChartNode> Chart { get; private set; } = [];

    public (int Open, int Closed) PlaceCounts { get; private set; }

    public GroupTree? Group { get; private set; }

    public GroupPage? Branch { get; private set; }

    public IReadOnlyList<MonthOfSales> Months { get; private set; } = [];

    public IReadOnlyList<AccountDocument> Documents { get; private set; } = [];

    public WhiteSpaceView? White { get; private set; }

    public WorthSheet? Worth { get; private set; }

    public TimelineCursor? NextDocuments { get; private set; }

    public IReadOnlyList<AccountDocumentLine> Lines { get; private set; } = [];

    public IReadOnlyList<AccountOpportunity> Opportunities { get; private set; } = [];

    public ProfileJourneyView? Journey { get; private set; }

    public LineageSheet? Lineage { get; private set; }

    public EditForm Edit => new(Id, Saisie.AccountFields, Sheet.Account.Origins, _field, _value);

    public NoteForm Note { get => field ?? new NoteForm(Id); private set; }

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public string TabLink(AccountTab tab) => tab == default ? $"/comptes/{Id}" : $"/comptes/{Id}?onglet={tab.ToString().ToLowerInvariant()}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (Request.IsHtmx)
        {
            return await FragmentAsync(ct);
        }

        var read = await sheets.ReadAsync(scope, Id, ct);
        if (!read.Succeeded)
        {
            return await keys.SurvivorAsync(ClusterKind.Account, Id, ct) is { } survivor
                ? RedirectPermanentPreserveMethod($"/comptes/{survivor}?ancien={Id}")
                : this.Refuse(read.Error);
        }

        Sheet = read.Value;
        Desk = await desk.ReadAsync(Sheet, User, ct);
        await LoadAsync(ct);
        return Page();
    }

    /// <summary>Corrects one value; an empty one takes the correction back.</summary>
    public async Task<IActionResult> OnPostEditAsync(string? field, string? value, Dictionary<string, string?> seen, CancellationToken ct)
    {
        if (!User.IsInAny(HubRoles.Commercial, HubRoles.Steward, HubRoles.Admin))
        {
            return Forbid();
        }

        var saved = await edits.SetAccountValueAsync(scope, Id, new EditValue(field ?? "", value, null, seen.TryGetValue(field ?? "", out var shown) ? shown ?? "" : null), User.Name, ct);
        (_field, _value) = (field, value);
        return saved.Error is { Kind: ErrorKind.Stale } ? this.ShowBoth(value, $"/comptes/{Id}/champ/{field}")
            : saved.Error is { } refusal ? await RefuseAsync(refusal, ct) : Saved("edit.saved");
    }

    /// <summary>Adds what was said or done to the timeline.</summary>
    public async Task<IActionResult> OnPostNoteAsync(NoteKind kind, string? text, DateTime? at, CancellationToken ct)
    {
        if (!User.IsInAny(HubRoles.Commercial, HubRoles.Steward, HubRoles.Admin))
        {
            return Forbid();
        }

        var added = await notes.AddAsync(scope, new AddNote(Id, null, kind, text ?? "", Show.Instant(at)), User.Name, ct);
        Note = new NoteForm(Id, kind, text ?? "");
        return added.Error is { } refusal ? await RefuseAsync(refusal, ct) : Saved("note.saved");
    }

    private RedirectToPageResult Saved(string notice)
    {
        this.Notice(notice);
        return RedirectToPage(new { id = Id });
    }

    private async Task<IActionResult> RefuseAsync(Error refusal, CancellationToken ct)
    {
        return await OnGetAsync(ct) is var shown && Sheet is null ? shown : this.Refuse(refusal);
    }

    private async Task<IActionResult> FragmentAsync(CancellationToken ct)
    {
        if (!await sheets.ExistsAsync(scope, Id, ct))
        {
            return this.Refuse(ExplorationErrors.AccountNotFound);
        }

        await LoadAsync(ct);
        return (Tab, After, Document) switch
        {
            (AccountTab.Activite, not null, _) => Partial("_Timeline", Activity!),
            (AccountTab.Ventes, null, not null) => Partial("_Lines", Lines),
            (AccountTab.Etablissements, _, _) when Branch is { } branch => Partial("_GroupNodes", new GroupBranch(Id, Node!.Value, branch)),
            _ => Partial("_Tabs", this),
        };
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        switch (Tab)
        {
            case AccountTab.Activite:
                var filter = Asked.OfAccount(Id);
                var after = TimelineCursor.TryParse(After, null, out var cursor) ? cursor : null;
                var page = Sheet is not null && Asked.IsAll && after is null ? Sheet.Timeline : await timeline.ReadAsync(scope, filter, after, ct);
                Activity = new TimelineView(TabLink(Tab), page, filter, Now)
                {
                    People = after is not null ? [] : [.. (Sheet?.Contacts ?? await sheets.ContactsAsync(scope, Id, ct)).Select(c => (c.Id, c.Name))],
                    Sources = Sheet?.Account.Sources ?? [],
                };
                break;
            case AccountTab.Contacts:
                Contacts = Sheet?.Contacts ?? await sheets.ContactsAsync(scope, Id, ct);
                Chart = await chart.ReadAsync(Contacts, ct);
                break;
            case AccountTab.Etablissements:
                await LoadPlacesAsync(ct);
                break;
            case AccountTab.Ventes:
                await LoadSalesAsync(ct);
                break;
            case AccountTab.Valeur:
                Worth = (await worths.ReadAsync(scope, Id, ct)).Value;
                break;
            case AccountTab.Segments:
                Journey = await journey.OfAccountAsync(scope, Id, ct);
                break;
            case AccountTab.Sources:
                Lineage = await lineage.OfAccountAsync(scope, Id, ct);
                break;
        }
    }

    private async Task LoadPlacesAsync(CancellationToken ct)
    {
        Branch = Node is { } node ? await group.ChildrenAsync(scope, node, GroupCursor.TryParse(After, null, out var from) ? from : null, ct) : null;
        if (Branch is not null && Request.IsHtmx)
        {
            return;
        }

        PlaceCounts = await sheets.PlaceCountsAsync(scope, Id, ct);
        Establishments = await sheets.PlacesAsync(scope, Id, Closed, Node is null && Guid.TryParse(After, out var last) ? last : null, ct);
        Group = await group.ReadAsync(scope, Id, ct);
    }

    private async Task LoadSalesAsync(CancellationToken ct)
    {
        Lines = Document is { } document ? await sales.LinesAsync(scope, Id, document, ct) : [];
        if (Document is not null && Request.IsHtmx)
        {
            return;
        }

        Months = await sales.MonthsAsync(scope, Id, ct);
        White = (await white.ReadAsync(scope, Id, ct)).Value;
        var after = TimelineCursor.TryParse(After, null, out var cursor) ? cursor : null;
        (Documents, NextDocuments) = await sales.DocumentsAsync(scope, Id, after, ct);
        Opportunities = Sheet?.Opportunities ?? await sheets.OpportunitiesAsync(scope, Id, ct);
    }
}
