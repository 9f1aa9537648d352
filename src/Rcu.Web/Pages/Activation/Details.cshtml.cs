using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Activation;
using Rcu.Activation.Connectors.Csv;
using Rcu.Jobs;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Activation;

/// <summary>One destination: its runs with their balance, and the log of what was sent, line by line.</summary>
internal sealed class DetailsModel(
    Destinations destinations, PushActs acts, Resync resync, ActivationLog log, ExportFolder exports, IStringLocalizer<Texts> texts, TimeProvider clock) : PageModel
{
    public const int PageSize = 50;

    public DestinationView View { get; private set; } = null!;

    public IReadOnlyList<Run> Runs { get; private set; } = [];

    public IReadOnlyList<Delivery> Lines { get; private set; } = [];

    public IReadOnlyList<ReasonCount> Reasons { get; private set; } = [];

    public LogFilter Filter { get; private set; } = new();

    public DryRun? Dry { get; private set; }

    /// <summary>What telling the tool everything again would cost; null when nobody asked.</summary>
    public ResyncCost? Cost { get; private set; }

    /// <summary>Whether what is sent there is signed by a secret of the hub.</summary>
    public bool IsSigned => View.Destination.Kind is "webhook" && View.Destination.Secret is not null;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public bool IsStopped => View.Destination.IsStopped;

    public async Task<IActionResult> OnGetAsync(
        Guid id, Guid? execution, DeliveryStatus? statut, Guid? profil, string? qui, Guid? avant, CancellationToken ct)
    {
        Filter = new LogFilter(execution, statut, profil, qui, avant);
        return await LoadAsync(id, ct) is { } refused ? refused : Page();
    }

    public async Task<IActionResult> OnPostSendAsync(Guid id, CancellationToken ct) =>
        Answer(id, (await destinations.SendAsync(id, User.Name, ct)).Error, "activation.sending");

    public async Task<IActionResult> OnPostPauseAsync(Guid id, CancellationToken ct) =>
        Answer(id, (await destinations.PauseAsync(id, User.Name, ct)).Error, "activation.paused_done");

    public async Task<IActionResult> OnPostResumeAsync(Guid id, CancellationToken ct) =>
        Answer(id, (await destinations.ResumeAsync(id, User.Name, ct)).Error, "activation.resumed_done");

    public async Task<IActionResult> OnPostResendAsync(Guid id, Guid? profile, CancellationToken ct) =>
        Answer(id, (await destinations.ResendAsync(id, profile, User.Name, ct)).Error, "activation.resent");

    public async Task<IActionResult> OnPostTrialAsync(Guid id, CancellationToken ct) =>
        Answer(id, (await acts.TrialAsync(id, User.Name, ct)).Error, "activation.trial_sending");

    public async Task<IActionResult> OnPostGoOnAsync(Guid id, int? number, CancellationToken ct) =>
        Answer(id, (await acts.GoOnAsync(id, number ?? 0, User.Name, ct)).Error, "activation.sending");

    public async Task<IActionResult> OnGetResyncAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is { } refused)
        {
            return refused;
        }

        var cost = await resync.CostAsync(id, ct);
        Cost = cost.Value;
        return cost.Succeeded ? Page() : Answer(id, cost.Error, "");
    }

    public async Task<IActionResult> OnPostResyncAsync(Guid id, CancellationToken ct) =>
        Answer(id, (await resync.RunAsync(id, User.Name, ct)).Error, "activation.sending");

    public async Task<IActionResult> OnPostRotateAsync(Guid id, CancellationToken ct)
    {
        var made = await acts.RotateSecretAsync(id, User.Name, ct);
        if (made.Succeeded)
        {
            TempData["new_secret"] = made.Value;
        }

        return Answer(id, made.Error, "activation.rotated");
    }

    public async Task<IActionResult> OnPostRenewAsync(Guid id, string? secret, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is { } refused)
        {
            return refused;
        }

        var saved = View.Destination;
        return Answer(
            id,
            string.IsNullOrWhiteSpace(secret) ? ActivationErrors.NoSecret
                : (await destinations.UpdateAsync(id, new SaveDestination(saved.Name, saved.Kind, saved.Settings, secret.Trim(), saved.SegmentId), User.Name, ct)).Error,
            "activation.renewed");
    }

    public async Task<IActionResult> OnPostInboundAsync(Guid id, CancellationToken ct)
    {
        var renewed = await acts.RenewInboundSecretAsync(id, User.Name, ct);
        if (renewed.Succeeded)
        {
            TempData["new_secret"] = renewed.Value;
        }

        return Answer(id, renewed.Error, "activation.returns_ready");
    }

    public async Task<IActionResult> OnPostTestAsync(Guid id, CancellationToken ct) =>
        Answer(id, (await destinations.TestAsync(id, ct)).Error, "activation.test_good");

    public async Task<IActionResult> OnPostDryAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is { } refused)
        {
            return refused;
        }

        var saved = View.Destination;
        var dry = await destinations.DryRunAsync(new SaveDestination(saved.Name, saved.Kind, saved.Settings, null, saved.SegmentId), id, ct);
        if (!dry.Succeeded)
        {
            return Answer(id, dry.Error, "");
        }

        Dry = dry.Value;
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(Guid id, Guid execution, CancellationToken ct)
    {
        var runs = await log.RunsAsync(id, 200, ct);
        return runs.Any(run => run.Id == execution) && exports.Open(execution) is { } file
            ? File(file, "text/csv; charset=utf-8", $"{execution:n}.csv")
            : NotFound();
    }

    private async Task<IActionResult?> LoadAsync(Guid id, CancellationToken ct)
    {
        var found = await log.DestinationAsync(id, ct);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Error);
        }

        View = found.Value;
        Runs = await log.RunsAsync(id, 10, ct);
        Lines = await log.LinesAsync(id, Filter, PageSize, ct);
        var looked = Filter.RunId ?? (Runs is [var latest, ..] ? latest.Id : null);
        Reasons = looked is { } run ? await log.ReasonsAsync(run, ct) : [];
        return null;
    }

    private RedirectToPageResult Answer(Guid id, Error? refused, string notice)
    {
        if (refused is null)
        {
            this.Notice(notice);
        }
        else
        {
            TempData["refusal"] = refused.In(texts);
        }

        return RedirectToPage("/Activation/Details", new { id });
    }
}
