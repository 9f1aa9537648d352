using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Activation;
using Rcu.Customers;
using Rcu.Resolution;
using Rcu.Unification.Joins;
using Rcu.Web.Hosting;
using Rcu.Web.Pages.Shared;

namespace Rcu.Web.Pages.Matches;

/// <summary>Two records side by side, why the hub thinks they may be one, and the three answers a steward has.</summary>
internal sealed class CompareModel(
    MatchComparison comparison, MatchQueue queue, MatchReview review, MatchLocks locks, MatchOpinions opinions, PairJudgements judgements, JoinReach reach)
    : PageModel
{
    private const string JudgedKey = "judged";
    private const string Ready = "X-Rcu-Ready";

    [BindProperty(SupportsGet = true)]
    public QueueQuery Query { get; set; } = new();

    public ComparedPair Pair { get; private set; } = null!;

    /// <summary>What the two would be as one; null when they may not be joined.</summary>
    public JoinForecast? Forecast { get; private set; }

    public IReadOnlyList<ReachedSegment> Segments { get; private set; } = [];

    /// <summary>The other steward who has the pair open.</summary>
    public string? HeldBy { get; private set; }

    /// <summary>What stewards said of it, when more than the last word is to be known.</summary>
    public IReadOnlyList<MatchOpinion> Opinions { get; private set; } = [];

    public Guid? Next { get; private set; }

    public Guid? Previous { get; private set; }

    /// <summary>The pair judged just before, which can still be taken back from here.</summary>
    public JudgedPair? Judged { get; private set; }

    /// <param name="ahead">The pair after the one looked at, fetched before it is asked for: nobody has it open yet.</param>
    public async Task<IActionResult> OnGetAsync(Guid id, [FromQuery(Name = "avance")] bool ahead, CancellationToken ct)
    {
        if (ahead)
        {
            return await LoadAsync(id, ct, takes: false) is { } gone ? this.Refuse(gone) : Partial("_Pair", this);
        }

        if (TempData[JudgedKey] is string text && JudgedPair.TryRead(text) is { } judged)
        {
            Judged = judged;
        }

        return await LoadAsync(id, ct) is { } refusal ? this.Refuse(refusal)
            : Request.IsHtmx ? Partial("_Pair", this)
            : Page();
    }

    public async Task<IActionResult> OnPostJudgeAsync(Guid id, Judgement judgement, PairChoice choice, CancellationToken ct)
    {
        var values = judgement is Judgement.Same ? await ChosenAsync(id, choice, ct) : null;
        var judged = await judgements.JudgeAsync(id, new JudgePair(judgement, null, values), User.Name, ct);
        return judged.Succeeded ? await GoOnAsync(id, new JudgedPair(id, judgement), ct) : await RefuseAsync(id, judged.Error, ct);
    }

    public async Task<IActionResult> OnPostLinkAsync(
        Guid id, TieNature nature, PairSide parent, string? percentage, DateOnly? startedOn, string? reason, CancellationToken ct)
    {
        var linked = await judgements.LinkAsync(id, new LinkPair(nature, parent, PercentText.Read(percentage), startedOn, reason), User.Name, ct);
        return linked.Succeeded ? await GoOnAsync(id, new JudgedPair(id, Judgement.Different, true), ct) : await RefuseAsync(id, linked.Error, ct);
    }

    private async Task<IActionResult> GoOnAsync(Guid id, JudgedPair done, CancellationToken ct)
    {
        await locks.ReleaseAsync(id, User.Name, ct);
        if (await queue.NextAsync(Filter, id, ct) is not { } next)
        {
            TempData[JudgedKey] = done.ToString();
            return Away(Url.Page("Index", Query.With())!);
        }

        var address = AddressOf(next);
        if (!Request.IsHtmx || Request.Headers[Ready] != address)
        {
            return await ShowAsync(next, done, ct);
        }

        // The browser has it already: it is told that it may be shown.
        await locks.TakeAsync(next, User.Name, ct);
        Response.Headers[Ready] = address;
        Response.Headers["HX-Push-Url"] = address;
        return Partial("_Judged", (done, Query));
    }

    /// <summary>Another word than the judgement that stands, which stays.</summary>
    public async Task<IActionResult> OnPostOpinionAsync(Guid id, Judgement judgement, string? reason, CancellationToken ct)
    {
        var said = await opinions.AddAsync(id, new JudgeMatch(judgement, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim()), User.Name, ct);
        return said.Succeeded ? await ShowAsync(id, null, ct) : await RefuseAsync(id, said.Error, ct);
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid id, CancellationToken ct)
    {
        var undone = await review.UndoAsync(id, User.Name, ct);
        return undone.Succeeded ? await ShowAsync(id, null, ct) : await RefuseAsync(id, undone.Error, ct);
    }

    // A side that was picked says its value whatever the browser wrote beside it.
    private async Task<IReadOnlyDictionary<string, string>?> ChosenAsync(Guid id, PairChoice choice, CancellationToken ct)
    {
        if (choice.Pick.Count == 0)
        {
            return null;
        }

        var pair = await comparison.FindAsync(id, ct);
        return pair.Succeeded ? choice.Values(pair.Value) : null;
    }

    // What htmx swaps is the pair alone; without it the browser follows to the same place.
    private async Task<IActionResult> ShowAsync(Guid id, JudgedPair? judged, CancellationToken ct)
    {
        var address = AddressOf(id);
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

    private MatchFilter Filter => Query.ToFilter(User.Names) with { Reader = User.Name };

    private string AddressOf(Guid id) => Url.Page("Compare", new RouteValueDictionary(Query.With()) { ["id"] = id })!;

    private async Task<Error?> LoadAsync(Guid id, CancellationToken ct, bool takes = true)
    {
        var found = await comparison.FindAsync(id, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        Pair = found.Value;
        Forecast = Pair.MayBeJoined ? await judgements.ForecastAsync(Pair.Match, ct) : null;
        Segments = Forecast is null || Forecast.SurvivorId == Forecast.RetiredId ? [] : await reach.SegmentsAsync(Forecast.SurvivorId, Forecast.RetiredId, ct);
        Next = await queue.NextAsync(Filter, id, ct);
        Previous = await queue.PreviousAsync(Filter, id, ct);
        Opinions = await opinions.ListAsync(id, ct);
        HeldBy = takes && Pair.Match.Judgement is (Judgement.Undecided or Judgement.Unsure)
            ? (await locks.TakeAsync(id, User.Name, ct))?.Who
            : (await locks.HoldersAsync([id], ct)).GetValueOrDefault(id) is { } holder && holder != User.Name ? holder : null;
        return null;
    }
}
