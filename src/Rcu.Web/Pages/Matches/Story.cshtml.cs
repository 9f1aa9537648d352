using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Matches;

/// <summary>How one account or contact came to hold its records: each step, with the pair, the score, the rule and who said so.</summary>
internal sealed class StoryModel(ClusterStories stories, RcuDb db, AccountScope scope) : PageModel
{
    public ClusterKind Kind { get; private set; }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public IReadOnlyList<StoryStep> Steps { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(ClusterKind kind, Guid id, CancellationToken ct)
    {
        (Kind, Id) = (kind, id);
        var name = kind is ClusterKind.Account
            ? await scope.Accounts(db).Where(a => a.Id == id).Select(a => a.Name).FirstOrDefaultAsync(ct)
            : await scope.Contacts(db).Where(c => c.Id == id).Select(c => c.Name).FirstOrDefaultAsync(ct);
        if (name is null)
        {
            return this.Refuse(kind is ClusterKind.Account ? ExplorationErrors.AccountNotFound : ExplorationErrors.ContactNotFound);
        }

        Name = name;
        Steps = await stories.OfAsync(kind, id, ct);
        return Page();
    }
}
