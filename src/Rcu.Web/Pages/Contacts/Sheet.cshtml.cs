using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Activation;
using Rcu.Exploration;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Web.Hosting;
using Rcu.Web.Pages.Shared;

namespace Rcu.Web.Pages.Contacts;

/// <summary>All of one person on one page: who they are, how they may be reached and why, what happened.</summary>
internal sealed class SheetModel(
    ContactSheets sheets, Timeline timeline, Lineage lineage, ProfileJourney journey, SourceKeys keys, AccountScope scope, TimeProvider clock)
    : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true, Name = "onglet")]
    public ContactTab Tab { get; set; }

    [BindProperty(SupportsGet = true, Name = "apres")]
    public string? After { get; set; }

    [BindProperty(SupportsGet = true, Name = "canal")]
    public string? Channel { get; set; }

    [BindProperty(SupportsGet = true, Name = "nature")]
    public TimelineNature? Nature { get; set; }

    [BindProperty(SupportsGet = true, Name = "ancien")]
    public Guid? Retired { get; set; }

    public ContactSheet Sheet { get; private set; } = null!;

    public TimelineView? Activity { get; private set; }

    public ProfileJourneyView? Journey { get; private set; }

    public LineageSheet? Lineage { get; private set; }

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

    private async Task LoadAsync(CancellationToken ct)
    {
        switch (Tab)
        {
            case ContactTab.Activite:
                var filter = new TimelineFilter(null, Id, Nature, Channel);
                var after = TimelineCursor.TryParse(After, null, out var cursor) ? cursor : null;
                var page = Nature is null && Channel is null && after is null ? Sheet.Timeline : await timeline.ReadAsync(scope, filter, after, ct);
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
