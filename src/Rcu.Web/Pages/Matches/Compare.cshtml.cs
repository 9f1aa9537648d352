using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Resolution;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Matches;

/// <summary>Two records side by side, why the hub thinks they may be one, and the three answers a steward has.</summary>
internal sealed class CompareModel(MatchComparison comparison, MatchQueue queue, MatchReview review) : PageModel
{
    private const string JudgedKey = "judged";

    [BindProperty(SupportsGet = true)]
    public QueueQuery Query { get; set; } = new();

    public ComparedPair Pair { get; private set; } = null!;

    public Guid? Next { get; private set; }

    public Guid? Previous { get; private set; }

    /// <summary>The pair judged just before, which can still be taken back from here.</summary>
    public JudgedPair? Judged { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (TempData[JudgedKey] is string text && JudgedPair.TryRead(text) is { } judged)
        {
            Judged = judged;
        }

        return await LoadAsync(id, ct) is { } refusal ? this.Refuse(refusal) : Page();
    }

    public async Task<IActionResult> OnPostJudgeAsync(Guid id, Judgement judgement, CancellationToken ct)
    {
        var judged = await review.JudgeAsync(id, new JudgeMatch(judgement), User.Name, ct);
        if (!judged.Succeeded)
        {
            return await RefuseAsync(id, judged.Error, ct);
        }

        var done = new JudgedPair(id, judgement);
        if (await queue.NextAsync(Query.ToFilter(), id, ct) is not { } next)
        {
            TempData[JudgedKey] = done.ToString();
            return Away(Url.Page("Index", Query.With())!);
        }

        return await ShowAsync(next, done, ct);
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid id, CancellationToken ct)
    {
        var undone = await review.UndoAsync(id, User.Name, ct);
        return undone.Succeeded ? await ShowAsync(id, null, ct) : await RefuseAsync(id, undone.Error, ct);
    }

    // What htmx swaps is the pair alone; without it the browser follows to the same place.
    private async Task<IActionResult> ShowAsync(Guid id, JudgedPair? judged, CancellationToken ct)
    {
        var address = Url.Page("Compare", new RouteValueDictionary(Query.With()) { ["id"] = id })!;
        if (!Request.IsHtmx)
        {
            TempData[JudgedKey] = judged?.ToString();
            return LocalRedirect(address);
        }

        Judged = judged;
        if (await LoadAsync(id, ct) is { } refusal)
        {
            return this.Refuse(refusal);
        }

        Response.Headers["HX-Push-Url"] = address;
        return Partial("_Pair", this);
    }

    // A script would follow a redirection without seeing it: htmx is told by a header.
    private IActionResult Away(string address)
    {
        if (!Request.IsHtmx)
        {
            return LocalRedirect(address);
        }

        Response.Headers["HX-Redirect"] = address;
        return new OkResult();
    }

    private async Task<IActionResult> RefuseAsync(Guid id, Error error, CancellationToken ct) =>
        Request.IsHtmx || await LoadAsync(id, ct) is null ? this.Refuse(error) : NotFound();

    private async Task<Error?> LoadAsync(Guid id, CancellationToken ct)
    {
        var found = await comparison.FindAsync(id, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        Pair = found.Value;
        Next = await queue.NextAsync(Query.ToFilter(), id, ct);
        Previous = await queue.PreviousAsync(Query.ToFilter(), id, ct);
        return null;
    }
}
