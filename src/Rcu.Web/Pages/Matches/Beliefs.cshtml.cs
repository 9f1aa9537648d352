using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Resolution;
using Rcu.Unification;
using Rcu.Unification.Beliefs;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Matches;

/// <summary>Which source and which word are believed: what another order or another rule would change, before it is saved; and the way back.</summary>
internal sealed class BeliefsModel(BeliefReview review, RcuDb db) : PageModel
{
    /// <summary>What the rules of each kind are called in the address.</summary>
    public static readonly IReadOnlyDictionary<ClusterKind, string> Names = new Dictionary<ClusterKind, string>
    {
        [ClusterKind.Account] = "compte",
        [ClusterKind.Contact] = "contact",
    };

    /// <summary>By source, the place that was typed.</summary>
    [BindProperty(SupportsGet = true, Name = "rang")]
    public Dictionary<string, int> Ranks { get; set; } = [];

    [BindProperty(SupportsGet = true, Name = "compte")]
    public Dictionary<string, Preference> Accounts { get; set; } = [];

    [BindProperty(SupportsGet = true, Name = "contact")]
    public Dictionary<string, Preference> Contacts { get; set; } = [];

    public IReadOnlyList<Source> Sources { get; private set; } = [];

    public BeliefSet InForce { get; private set; } = BeliefSet.Shipped;

    public IReadOnlyList<BeliefVersion> Versions { get; private set; } = [];

    public int Version => Versions.Count == 0 ? 0 : Versions[0].Version;

    /// <summary>What was typed; what is in force as long as nothing was.</summary>
    public BeliefSet Wanted { get; private set; } = BeliefSet.Shipped;

    /// <summary>What it would change; null until it is asked.</summary>
    public BeliefTrial? Trial { get; private set; }

    /// <summary>What was tried, for the form that saves it.</summary>
    public IEnumerable<(string Name, string Value)> Kept =>
    [
        .. Wanted.Sources.Select((source, i) => ($"rang[{source}]", (i + 1).ToString(CultureInfo.InvariantCulture))),
        .. Wanted.Accounts.Select(rule => ($"compte[{rule.Key}]", $"{rule.Value}")),
        .. Wanted.Contacts.Select(rule => ($"contact[{rule.Key}]", $"{rule.Value}")),
    ];

    public int RankOf(string source) => Wanted.Sources.ToList().IndexOf(source) + 1;

    public Preference RuleOf(ClusterKind kind, string field) => Wanted.PolicyFor(kind).For(field);

    public string LabelOf(string source) => Sources.FirstOrDefault(s => s.Name == source)?.Label ?? source;

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "essai")] bool tries, CancellationToken ct)
    {
        await LoadAsync(ct);
        return tries && await TryAsync(ct) is { } refusal ? this.Refuse(refusal) : Page();
    }

    public async Task<IActionResult> OnPostAsync(string? reason, int version, CancellationToken ct)
    {
        await LoadAsync(ct);
        var set = await review.SetAsync(Command with { Reason = reason, Version = version }, User.Name, ct);
        return set.Succeeded ? Done("beliefs.saved") : this.Refuse(set.Error);
    }

    public async Task<IActionResult> OnPostUndoAsync(int version, CancellationToken ct)
    {
        await LoadAsync(ct);
        var undone = await review.UndoAsync(version, User.Name, ct);
        return undone.Succeeded ? Done("beliefs.undone") : this.Refuse(undone.Error);
    }

    private SetBeliefs Command => new(Wanted.Sources, Wanted.Accounts, Wanted.Contacts);

    private RedirectToPageResult Done(string notice)
    {
        this.Notice(notice);
        return RedirectToPage();
    }

    private async Task<Error?> TryAsync(CancellationToken ct)
    {
        var trial = await review.TryAsync(Command, ct);
        Trial = trial.Succeeded ? trial.Value : null;
        return trial.Error;
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Sources = await db.Sources.AsNoTracking().Where(s => s.Name != Source.Saisie).OrderBy(s => s.Priority).ThenBy(s => s.Name).ToListAsync(ct);
        Versions = await review.VersionsAsync(ct);
        InForce = await review.InForceAsync(ct);
        Wanted = Ranks.Count == 0
            ? InForce
            : new BeliefSet([.. Sources.Select(s => s.Name).OrderBy(name => Ranks.GetValueOrDefault(name, int.MaxValue))], Accounts, Contacts).Trimmed();
    }
}
