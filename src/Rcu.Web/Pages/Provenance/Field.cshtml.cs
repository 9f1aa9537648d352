using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Unification.Locks;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Provenance;

/// <summary>One field of an account or a contact: who says what of it, every value it had, and the steward's last word.</summary>
internal sealed class FieldModel(Lineage lineage, Past past, ValueLocks locks, AccountScope scope, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [FromRoute(Name = "field")]
    public string Field { get; set; } = "";

    public ClusterKind Kind => Request.Path.StartsWithSegments("/contacts") ? ClusterKind.Contact : ClusterKind.Account;

    public string Home => Kind is ClusterKind.Account ? $"/comptes/{Id}" : $"/contacts/{Id}";

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    public Origin? Origin { get; private set; }

    public ValueLock? Lock { get; private set; }

    public IReadOnlyList<PastValue> History { get; private set; } = [];

    /// <summary>What is said of it, the value kept first, each value once.</summary>
    public IReadOnlyList<LosingValue> Said => Origin is null ? []
        : [.. new[] { new LosingValue(Origin.Value, Origin.Source, Origin.RecordId, Origin.At) }.Concat(Origin.Lost).DistinctBy(s => s.Value)];

    public IReadOnlyList<string> Sources => Origin is null ? [] : [.. Origin.Lost.Select(l => l.Source).Append(Origin.Source).Distinct().Order(StringComparer.Ordinal)];

    public bool MayDecide => User.IsInAny(HubRoles.Steward, HubRoles.Admin);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    /// <param name="choice"><c>=</c> and the value to keep, or <c>@</c> and the name of the source to believe.</param>
    public async Task<IActionResult> OnPostAsync(string? choice, string? reason, DateOnly? until, bool untilMoved, CancellationToken ct)
    {
        if (!MayDecide)
        {
            return Forbid();
        }

        var source = choice is ['@', ..] ? choice[1..] : null;
        var value = choice is ['=', ..] ? choice[1..] : null;
        var set = await locks.SetAsync(scope, Kind, Id, new LockValue(Field, value, source, reason ?? "", until, untilMoved), User.Name, ct);
        if (set.Error is { } refusal)
        {
            return await LoadAsync(ct) ? this.Refuse(refusal) : NotFound();
        }

        this.Notice("lock.set");
        return LocalRedirect($"{Home}/valeur/{Uri.EscapeDataString(Field)}");
    }

    public async Task<IActionResult> OnPostLiftAsync(CancellationToken ct)
    {
        if (!MayDecide)
        {
            return Forbid();
        }

        var lifted = await locks.LiftAsync(scope, Kind, Id, Field, User.Name, ct);
        if (lifted.Error is { } refusal)
        {
            return await LoadAsync(ct) ? this.Refuse(refusal) : NotFound();
        }

        this.Notice("lock.lifted");
        return LocalRedirect($"{Home}/valeur/{Uri.EscapeDataString(Field)}");
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        var sheet = Kind is ClusterKind.Account ? await lineage.OfAccountAsync(scope, Id, ct) : await lineage.OfContactAsync(scope, Id, ct);
        Origin = sheet.Fields.FirstOrDefault(f => f.Name == Field)?.Origin;
        Lock = sheet.Locks.GetValueOrDefault(Field);
        var history = await past.HistoryAsync(scope, Kind, Id, Field, ct);
        History = history.Value ?? [];
        return history.Succeeded && (Origin is not null || Lock is not null || History.Count > 0);
    }
}
