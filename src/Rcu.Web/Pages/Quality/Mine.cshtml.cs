using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Exploration;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Quality;

/// <summary>How good what one is in charge of, or typed, is: for oneself alone, and for the stewards who help.</summary>
internal sealed class MineModel(Contributors contributors, TimeProvider clock) : PageModel
{
    /// <summary>Whose figures a steward looks at; null for one's own.</summary>
    public string? Other { get; private set; }

    public IReadOnlyList<Contributed> Contributed { get; private set; } = [];

    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task OnGetAsync(string? qui, CancellationToken ct)
    {
        Other = !string.IsNullOrWhiteSpace(qui) && User.IsInAny(HubRoles.Steward, HubRoles.Admin) ? qui : null;
        Contributed = await contributors.ReadAsync(Other is null ? User.Names : [Other], ct);
    }

    public static string Score(decimal value) => value.ToString("0.#", CultureInfo.CurrentCulture);

    /// <summary>The rows concerned, among those of the person.</summary>
    public string ListLink(string kind, string? problem) => (kind == "Account" ? "/comptes" : "/contacts") + QueryString.Create(
        new (string Name, string? Value)[] { ("probleme", problem), ("de", Other ?? "moi"), ("tri", "Quality") }
            .Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Name, v.Value)));
}
