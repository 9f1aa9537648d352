using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Activation;
using Rcu.Exploration;
using Rcu.Ingestion;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;
using Rcu.Web.Pages.Shared;

namespace Rcu.Web.Pages.Contacts;

/// <summary>All of one person on one page: who they are, how they may be reached and why, what happened.</summary>
internal sealed class SheetModel(
    ContactSheets sheets, Timeline timeline, Lineage lineage, ProfileJourney journey, SourceKeys keys,
    Edits edits, Notes notes, AccountScope scope, TimeProvider clock)
    : PageModel
{
    private string? _field;
    private string? _value;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true, Name = "onglet")]
    public ContactTab Tab { get; set; }

    [BindProperty(SupportsGet = true, Name = "apres")]
    public string? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public TimelineAsked Asked { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "ancien")]
    public Guid? Retired { get; set; }

    public ContactSheet Sheet { get; private set; } = null!;

    public TimelineView? Activity { get; private set; }

    public ProfileJourneyView? Journey { get; private set; }

    public LineageSheet? Lineage { get; private set; }

    public EditForm Edit => new(Id, Saisie.ContactFields, Sheet.Contact.Origins, _field, _value);

    public NoteForm Note { get => field ?? new NoteForm(Id); private set; }

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public string TabLink(ContactTab tab) => tab == default ? $"/contacts/{Id}" : $"/contacts/{Id}?onglet={tab.ToString().ToLowerInvariant()}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var read = await sheets.ReadAsync(scope, Id, ct);
        if (!read.Succeeded)
        {
            return await keys.SurvivorAsync(ClusterKind.Contact, Id, ct) is { } survivor
                ? RedirectPermanentPreserveMethod($"/contacts/{survivor}?ancien={Id}")
                : this.Refuse(read.Error);
        }

        Sheet = read.Value;
        await LoadAsync(ct);
        return (Request.IsHtmx, Tab, After) switch
        {
            (true, ContactTab.Activite, not null) => Partial("_Timeline", Activity!),
            (true, _, _) => Partial("_ContactTabs", this),
            _ => Page(),
        };
    }

    /// <summary>Corrects one value; an empty one takes the correction back.</summary>
    public async Task<IActionResult> OnPostEditAsync(string? field, string? value, Dictionary<string, string?> seen, CancellationToken ct)
    {
        if (!User.IsInAny(HubRoles.Commercial, HubRoles.Steward, HubRoles.Admin))
        {
            return Forbid();
        }

        var saved = await edits.SetContactValueAsync(scope, Id, new EditValue(field ?? "", value, null, seen.TryGetValue(field ?? "", out var shown) ? shown ?? "" : null), User.Name, ct);
        (_field, _value) = (field, value);
        return saved.Error is { Kind: ErrorKind.Stale } ? this.ShowBoth(value, $"/contacts/{Id}/champ/{field}")
            : saved.Error is { } refusal ? await RefuseAsync(refusal, ct) : Saved("edit.saved");
    }

    /// <summary>Adds what was said or done to the timeline.</summary>
    public async Task<IActionResult> OnPostNoteAsync(NoteKind kind, string? text, DateTime? at, CancellationToken ct)
    {
        if (!User.IsInAny(HubRoles.Commercial, HubRoles.Steward, HubRoles.Admin))
        {
            return Forbid();
        }

        var added = await notes.AddAsync(scope, new AddNote(null, Id, kind, text ?? "", Show.Instant(at)), User.Name, ct);
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
        var shown = await OnGetAsync(ct);
        return Sheet is null ? shown : this.Refuse(refusal);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        switch (Tab)
        {
            case ContactTab.Activite:
                var filter = Asked.OfContact(Id);
                var after = TimelineCursor.TryParse(After, null, out var cursor) ? cursor : null;
                var page = Asked.IsAll && after is null ? Sheet.Timeline : await timeline.ReadAsync(scope, filter, after, ct);
                Activity = new TimelineView(TabLink(Tab), page, filter, Now);
                break;
            case ContactTab.Segments:
                Journey = await journey.OfContactAsync(scope, Id, ct);
                break;
            case ContactTab.Sources:
                Lineage = await lineage.OfContactAsync(scope, Id, ct);
                break;
        }
    }
}

/// <summary>The tabs of a contact, as their addresses name them.</summary>
internal enum ContactTab
{
    Activite,
    Segments,
    Sources,
}
