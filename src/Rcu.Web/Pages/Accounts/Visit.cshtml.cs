using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Exploration;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Accounts;

/// <summary>What to take along to an account: one printed page, with room to write.</summary>
internal sealed class VisitModel(AccountSheets sheets, AccountSales sales, Rcu.Exploration.Desk.Tasks tasks, AccountScope scope, TimeProvider clock) : PageModel
{
    private const int Papers = 5;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public AccountSheet Sheet { get; private set; } = null!;

    public IReadOnlyList<TaskLine> Tasks { get; private set; } = [];

    public IReadOnlyList<AccountDocument> Documents { get; private set; } = [];

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public DateOnly Today => tasks.Today;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var read = await sheets.ReadAsync(scope, Id, ct);
        if (!read.Succeeded)
        {
            return this.Refuse(read.Error);
        }

        Sheet = read.Value;
        Tasks = [.. (await tasks.OfAccountAsync(scope, Id, ct)).Where(t => t.DoneAt is null)];
        Documents = [.. (await sales.DocumentsAsync(scope, Id, null, ct)).Documents.Take(Papers)];
        return Page();
    }
}
