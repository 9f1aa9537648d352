using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Contacts;

/// <summary>The essentials of a person, beside the list.</summary>
internal sealed class PreviewModel(ContactSheets sheets, AccountScope scope, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public ContactSheet Sheet { get; private set; } = null!;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var read = await sheets.ReadAsync(scope, Id, ct);
        if (!read.Succeeded)
        {
            return this.Refuse(read.Error);
        }

        Sheet = read.Value;
        return Page();
    }
}
