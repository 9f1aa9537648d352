using Microsoft.AspNetCore.Mvc;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;
using Rcu.Web.Pages.Accounts;
using Rcu.Web.Pages.Contacts;

namespace Rcu.Web.Pages.Segments;

/// <summary>A list of people made a segment: its filters as a rule, or the rows that were ticked.</summary>
internal sealed class OfContactsModel(ListedSegments listed, AccountScope scope) : ContactListPage
{
    private string Back => "/contacts" + AccountListPage.Joined(Carried);

    public IActionResult OnGet() => LocalRedirect(Back);

    public async Task<IActionResult> OnPostAsync(string? name, CancellationToken ct) =>
        this.Made(await listed.CreateAsync(name ?? "", Filter, User.Name, ct), Back);

    public async Task<IActionResult> OnPostPickAsync(List<Guid> ids, bool all, Guid? segment, string? segmentName, string? back, CancellationToken ct)
    {
        var whom = all ? await listed.IdsAsync(scope, Filter, ct) : ids;
        return await this.PickAsync(listed, scope, SegmentTarget.Contacts, whom, (segment, segmentName), Url.IsLocalUrl(back) ? back : Back, ct);
    }

    public Task<IActionResult> OnPostUndoAsync(Guid segment, int count, int version, CancellationToken ct) =>
        this.TakeBackAsync(listed, (segment, count, version), Back, ct);
}
