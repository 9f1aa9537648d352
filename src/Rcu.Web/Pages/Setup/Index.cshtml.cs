using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Setup;

/// <summary>Where the first administrator comes in, with the code the program printed; closed for good after.</summary>
[LimitsGuesses]
internal sealed class IndexModel(FirstAdministrator first, Users people, SignInManager<User> door) : PageModel
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        await people.AnyAsync(ct) ? RedirectToPage("/SignIn/Index") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var created = await first.CreateAsync(Code ?? "", Email ?? "", Name ?? "", Password ?? "", ct);
        if (!created.Succeeded)
        {
            return this.Refuse(created.Error);
        }

        await door.SignInAsync(created.Value.User, isPersistent: false);
        return Redirect("/");
    }
}
