using System.Security.Claims;
using Rcu.Exploration;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Diary;

/// <summary>What a reader has of their own on the page of an account: tasks, whether they follow it, what changed since they last came.</summary>
internal sealed class AccountDesk(Rcu.Exploration.Desk.Tasks tasks, Following following, Colleagues colleagues, AccountScope scope)
{
    public async Task<DeskView> ReadAsync(AccountSheet sheet, ClaimsPrincipal reader, CancellationToken ct)
    {
        var (id, people) = (sheet.Account.Id, await colleagues.ListAsync(ct));
        var visit = await following.OpenAsync(id, reader.Name, ct);
        var lines = await tasks.OfAccountAsync(scope, id, ct);
        var givers = reader.IsInAny(HubRoles.Commercial, HubRoles.Steward, HubRoles.Admin) ? people : [];
        var owner = sheet.Account.Origins.GetValueOrDefault("owner")?.Value;
        return new DeskView(
            new TaskPanel(id, lines, givers, reader.Name, tasks.Today),
            visit.Followed,
            visit.Since is { } since && VisitDigest.Of(sheet, lines, since, reader.Name) is { IsEmpty: false } news ? news : null,
            [.. sheet.AllNotables.Where(n => !visit.Hides(n)).Take(Notable.Shown)],
            sheet.AllNotables.Count(visit.Hides),
            people.FirstOrDefault(c => string.Equals(c.Email, owner, StringComparison.OrdinalIgnoreCase))?.Name ?? owner);
    }
}

/// <summary>What a reader has of their own on an account.</summary>
/// <param name="News">What changed since they last came; null when nothing did, or they never came.</param>
/// <param name="Notables">What to keep in mind, without what they have seen.</param>
/// <param name="Hidden">How much of it they have seen.</param>
/// <param name="Owner">Who is in charge, by name.</param>
internal sealed record DeskView(TaskPanel Tasks, bool Followed, VisitDigest? News, IReadOnlyList<Notable> Notables, int Hidden, string? Owner);
