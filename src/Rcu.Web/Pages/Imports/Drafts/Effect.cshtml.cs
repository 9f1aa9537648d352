using Microsoft.AspNetCore.Mvc;
using Rcu.Activation;
using Rcu.Cleaning.Checking;
using Rcu.Ingestion.Drafts;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Imports.Drafts;

/// <summary>Fourth step: what the import would change, before anything is written; then it is started.</summary>
internal sealed class EffectModel(
    ImportDrafts drafts, DraftChecks checks, DraftStart start, DraftMatches matches, ImportReach reach) : DraftPage(drafts)
{
    public DraftTally Tally { get; private set; } = null!;

    public DraftEffects Effects { get; private set; } = null!;

    /// <summary>What was found so far of who the new rows may be.</summary>
    public FoundMatches Matches => Draft.Matches ?? new FoundMatches();

    /// <summary>The comparison; null when there is nothing to compare.</summary>
    public Run? MatchRun { get; private set; }

    public IReadOnlyList<Touched> Segments { get; private set; } = [];

    public IReadOnlyList<Touched> Destinations { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LoadAsync(id, ct) ?? Page();

    public async Task<IActionResult> OnGetMatchesAsync(Guid id, CancellationToken ct)
    {
        if (await OpenAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        MatchRun = await matches.RequestAsync(Draft, User.Name, ct);
        return Partial("_Matches", this);
    }

    /// <param name="agreed">The many records that a whole file does not hold are to be withdrawn.</param>
    public async Task<IActionResult> OnPostAsync(Guid id, bool agreed, CancellationToken ct)
    {
        var started = await start.StartAsync(id, User.Name, agreed, ct);
        if (started.Succeeded)
        {
            return RedirectToPage("/Imports/Run", new { id = started.Value });
        }

        return await LoadAsync(id, ct) ?? this.Refuse(started.Error);
    }

    private async Task<IActionResult?> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await OpenAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        // What was answered since the file was read is counted before the effect is told.
        if (Draft.CheckedAt is not { } at || Draft.ChangedAt > at || Draft.Tally?.Effects is null)
        {
            await checks.RequestAsync(id, User.Name, again: Draft.CheckedAt is not null, ct);
            return RedirectToPage("Check", new { id });
        }

        (Tally, Effects) = (Draft.Tally, Draft.Tally.Effects);
        MatchRun = await matches.RequestAsync(Draft, User.Name, ct);
        Segments = await reach.SegmentsAsync(Draft, ct);
        Destinations = await reach.DestinationsAsync(Draft, ct);
        return null;
    }
}
