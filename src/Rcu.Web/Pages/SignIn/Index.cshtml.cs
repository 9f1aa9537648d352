using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Security;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.SignIn;

/// <summary>The door. Whatever is wrong, it says the same, after the same work.</summary>
[LimitsGuesses]
internal sealed class IndexModel(
    SignInManager<User> door, Users people, Audit audit, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public string? ReturnUrl { get; private set; }

    public string? Email { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? returnUrl, CancellationToken ct)
    {
        ReturnUrl = returnUrl;
        if (User.Identity?.IsAuthenticated is true)
        {
            return LocalRedirect(Safe(returnUrl));
        }

        return await people.AnyAsync(ct) ? Page() : RedirectToPage("/Setup/Index");
    }

    public async Task<IActionResult> OnPostAsync(string? email, string? password, string? returnUrl, CancellationToken ct)
    {
        (ReturnUrl, Email) = (returnUrl, email);
        var user = await door.UserManager.FindByEmailAsync(email ?? "");
        if (user is null || await door.UserManager.IsLockedOutAsync(user) || !await door.CanSignInAsync(user))
        {
            // As much work as for a password that is tried: the clock tells nobody who exists.
            door.UserManager.PasswordHasher.HashPassword(new User { DisplayName = "", Roles = [], CreatedAt = default }, password ?? "");
            return await RefuseAsync(email, ct);
        }

        var tried = await door.PasswordSignInAsync(user, password ?? "", isPersistent: false, lockoutOnFailure: true);
        if (!tried.Succeeded)
        {
            return await RefuseAsync(email, ct);
        }

        user.LastSignInAt = clock.GetUtcNow();
        await door.UserManager.UpdateAsync(user);
        await audit.NoteAsync(user.Email!, "user.signed_in", $"{user.Id}", ct);
        return LocalRedirect(Safe(returnUrl));
    }

    public async Task<IActionResult> OnPostOutAsync()
    {
        await door.SignOutAsync();
        return RedirectToPage();
    }

    private async Task<IActionResult> RefuseAsync(string? email, CancellationToken ct)
    {
        await audit.NoteAsync("anonymous", "user.sign_in_refused", email?[..Math.Min(email.Length, 100)], ct);
        ModelState.AddModelError("", texts["signin.refused"]);
        var page = Page();
        page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    private string Safe(string? returnUrl) => Url.IsLocalUrl(returnUrl) ? returnUrl : "/";
}
