using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Resolution;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Matches;

/// <summary>One judgement on all the pairs of a filter: what it would do and twenty of them to look at, then the act.</summary>
internal sealed class BulkModel(BulkJudgements bulk) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public QueueQuery Query { get; set; } = new();

    /// <summary>The smallest probability, in percent.</summary>
    [BindProperty(SupportsGet = true, Name = "seuil")]
    public string? AtLeast { get; set; }

    [BindProperty(SupportsGet = true, Name = "jugement")]
    public Judgement Judgement { get; set; } = Judgement.Same;

    public BulkTrial Trial { get; private set; } = new(0, 0, 0, null, []);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) is { } refusal ? this.Refuse(refusal) : Page();

    public async Task<IActionResult> OnPostAsync(string? reason, int looked, CancellationToken ct)
    {
        var done = await bulk.DecideAsync(Command with { Reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), Looked = looked }, User.Name, ct);
        if (!done.Succeeded)
        {
            await LoadAsync(ct);
            return this.Refuse(done.Error);
        }

        this.Notice("bulk.done", done.Value.Pairs);
        return RedirectToPage("History", new { type = Query.Kind is ClusterKind.Account ? null : Query.Kind.ToString() });
    }

    private BulkJudge Command => new(
        Query.ToFilter(User.Names), Judgement,
        double.TryParse(AtLeast?.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) ? percent / 100 : null);

    private async Task<Error?> LoadAsync(CancellationToken ct)
    {
        var trial = await bulk.TryAsync(Command, ct);
        Trial = trial.Succeeded ? trial.Value : Trial;
        return trial.Error;
    }
}
