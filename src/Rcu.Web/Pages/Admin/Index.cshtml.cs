using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Admin;

/// <summary>Who may come in, and as what.</summary>
internal sealed class IndexModel(Users users) : PageModel
{
    public IReadOnlyList<User> People { get; private set; } = [];

    /// <summary>The password that was just made: this page alone shows it.</summary>
    public CreatedUser? Shown { get; private set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public List<string> Chosen { get; set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => People = await users.ListAsync(ct);

    public async Task<IActionResult> OnPostCreateAsync(CancellationToken ct) =>
        await ShowOnceAsync(await users.CreateAsync(new CreateUser(Email ?? "", Name ?? "", Chosen), User.Name, ct), ct);

    public async Task<IActionResult> OnPostPasswordAsync(Guid id, CancellationToken ct) =>
        await ShowOnceAsync(await users.ResetPasswordAsync(id, User.Name, ct), ct);

    public async Task<IActionResult> OnPostRolesAsync(Guid id, string role, CancellationToken ct) =>
        Back(await users.SetRolesAsync(id, [role], User.Name, ct), "admin.saved");

    public async Task<IActionResult> OnPostDisabledAsync(Guid id, bool disabled, CancellationToken ct) =>
        Back(await users.SetDisabledAsync(id, disabled, User.Name, ct), disabled ? "admin.was_disabled" : "admin.was_enabled");

    private async Task<IActionResult> ShowOnceAsync(Result<CreatedUser> result, CancellationToken ct)
    {
        await OnGetAsync(ct);
        if (!result.Succeeded)
        {
            return this.Refuse(result.Error);
        }

        ModelState.Clear();
        (Name, Email, Chosen, Shown) = (null, null, [], result.Value);
        return Page();
    }

    private IActionResult Back(Result<User> result, string notice)
    {
        if (!result.Succeeded)
        {
            return this.RefuseAndReturn(result.Error);
        }

        this.Notice(notice, result.Value.DisplayName);
        return RedirectToPage();
    }
}
