using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Security;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Admin;

/// <summary>Which programs may come in, and for what.</summary>
internal sealed class KeysModel(ApiKeys keys, TimeProvider clock) : PageModel
{
    public IReadOnlyList<ApiKey> Keys { get; private set; } = [];

    /// <summary>The key that was just made: this page alone shows it.</summary>
    public NewApiKey? Shown { get; private set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? ExpiresOn { get; set; }

    [BindProperty]
    public List<string> Chosen { get; set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Keys = await keys.ListAsync(ct);

    public async Task<IActionResult> OnPostCreateAsync(CancellationToken ct)
    {
        // Until the end of the day that was chosen.
        DateTimeOffset? expires = DateOnly.TryParse(ExpiresOn, out var day) && day < DateOnly.MaxValue ? new(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : null;
        var created = await keys.CreateAsync(new CreateApiKey(Name ?? "", Chosen, expires), User.Name, ct);
        await OnGetAsync(ct);
        if (!created.Succeeded)
        {
            return this.Refuse(created.Error);
        }

        ModelState.Clear();
        (Name, ExpiresOn, Chosen, Shown) = (null, null, [], created.Value);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken ct)
    {
        var revoked = await keys.RevokeAsync(id, User.Name, ct);
        if (!revoked.Succeeded)
        {
            return this.RefuseAndReturn(revoked.Error);
        }

        this.Notice("admin.was_revoked", revoked.Value.Name);
        return RedirectToPage();
    }
}
