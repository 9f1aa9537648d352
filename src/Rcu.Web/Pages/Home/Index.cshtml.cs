using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Activation;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Home;

/// <summary>What each role looks at first.</summary>
internal sealed class IndexModel(
    BoardMemory memory, HomeBoards boards, Rcu.Exploration.Desk.Tasks tasks, DestinationAlerts alerts, AccountScope scope) : PageModel
{
    public SalesBoard? Sales { get; private set; }

    public MarketingBoard? Marketing { get; private set; }

    /// <summary>The tools that a reader of marketing must look at, as of now.</summary>
    public IReadOnlyList<DestinationAlert> Alerts { get; private set; } = [];

    public StewardBoard? Steward { get; private set; }

    public AdminBoard? Admin { get; private set; }

    /// <summary>What the reader has to do, the most pressing first.</summary>
    public IReadOnlyList<TaskLine> Tasks { get; private set; } = [];

    public DateOnly Today => tasks.Today;

    /// <summary>Nothing was brought in yet.</summary>
    public bool IsNew => Sales is { Accounts: 0, Contacts: 0 };

    public async Task OnGetAsync(CancellationToken ct)
    {
        var sales = await memory.ReadAsync((hub, stop) => hub.GetRequiredService<HomeBoards>().SalesAsync(stop), board => board.Accounts >= BoardMemory.Large, ct);
        Sales = sales;
        var isLarge = sales.Accounts >= BoardMemory.Large;
        Tasks = await tasks.OfPersonAsync(scope, User.Name, done: false, ct);
        Marketing = User.IsInAny(HubRoles.Marketing, HubRoles.Admin) ? await memory.ReadAsync(
            (hub, stop) => MarketingBoard.ReadAsync(hub.GetRequiredService<RcuDb>(), scope, stop), _ => isLarge, ct) : null;
        Alerts = Marketing is null ? [] : await alerts.ReadAsync(ct);
        Steward = User.IsInAny(HubRoles.Steward, HubRoles.Admin) ? await memory.ReadAsync(
            (hub, stop) => hub.GetRequiredService<HomeBoards>().StewardAsync(stop), _ => isLarge, ct) : null;
        Admin = User.IsInRole(HubRoles.Admin) ? await boards.AdminAsync(ct) : null;
    }
}
