using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Unification;
using Rcu.Unification.Postal;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Postal;

/// <summary>Hands over the file of letters that came back, and takes one back when it was the wrong one.</summary>
[RequestSizeLimit(25_000_000)]
internal sealed class IndexModel(PostalReturns returns) : PageModel
{
    public IReadOnlyList<PostalReturnBatch> Batches { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Batches = await returns.ListAsync(ct);

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken ct)
    {
        if (file is null || file.Length == 0)
        {
            return await RefuseAsync(UnificationErrors.NoReturnColumns, ct);
        }

        await using var content = file.OpenReadStream();
        var noted = await returns.ReceiveAsync(Path.GetFileName(file.FileName), content, User.Name, ct);
        if (!noted.Succeeded)
        {
            return await RefuseAsync(noted.Error, ct);
        }

        this.Notice("postal_return.noted", noted.Value.Flagged);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid id, CancellationToken ct)
    {
        var undone = await returns.UndoAsync(id, User.Name, ct);
        if (!undone.Succeeded)
        {
            return await RefuseAsync(undone.Error, ct);
        }

        this.Notice("postal_return.undone");
        return RedirectToPage();
    }

    private async Task<IActionResult> RefuseAsync(Error error, CancellationToken ct)
    {
        Batches = await returns.ListAsync(ct);
        return this.Refuse(error);
    }
}
