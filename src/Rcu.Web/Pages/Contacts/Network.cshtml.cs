using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Unification.People;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Contacts;

/// <summary>What binds one person to companies and to other people: the parts they play, how they stand towards us, whom they know. All is said here.</summary>
internal sealed class NetworkModel(
    ContactNetwork network, Introductions introductions, Roles roles, Stances stances, Relations relations, AccountScope scope, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The name of another person or account to say something about.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Sought { get; set; }

    /// <summary>The part to say otherwise.</summary>
    [BindProperty(SupportsGet = true, Name = "modifier")]
    public Guid? Edited { get; set; }

    public NetworkSheet Sheet { get; private set; } = null!;

    /// <summary>Whom the reader knows who knows them.</summary>
    public IReadOnlyList<Introduction> Ways { get; private set; } = [];

    public RoleForm Role { get; private set; } = new();

    public StanceForm Stance { get; private set; } = new();

    public RelationForm Relation { get; private set; } = new();

    /// <summary>The form that was refused, or that was asked for.</summary>
    public string? Open { get; private set; }

    public DateOnly Today { get; } = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    public bool MaySay => User.IsInAny(HubRoles.Commercial, HubRoles.Steward, HubRoles.Admin);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await LoadAsync(ct) is { } refusal)
        {
            return this.Refuse(refusal);
        }

        if (Sheet.Roles.FirstOrDefault(r => r.Id == Edited) is { } role)
        {
            (Role, Open) = (RoleForm.Of(role), "role");
        }

        return Page();
    }

    /// <summary>Says a part they play, or says it otherwise.</summary>
    public Task<IActionResult> OnPostRoleAsync([FromForm(Name = "role")] RoleForm said, CancellationToken ct)
    {
        (Role, Open) = (said, "role");
        return SaidAsync("role.saved", async () => said.Fact is { } fact
            ? await roles.ChangeAsync(scope, fact, said.For(Id), said.Version, User.Name, ct)
            : await roles.SayAsync(scope, said.For(Id), User.Name, ct), ct);
    }

    /// <summary>They left this employer.</summary>
    public Task<IActionResult> OnPostLeftAsync(Guid role, DateOnly? on, CancellationToken ct) => SaidAsync("role.left_saved", async () =>
    {
        var held = (await network.ReadAsync(scope, Id, null, ct)).Value?.Roles.FirstOrDefault(r => r.Id == role);
        if (held is null)
        {
            return PeopleErrors.RoleNotFound;
        }

        // Sources often tell of an employment after it began.
        var left = on ?? Today;
        var said = RoleForm.Of(held).For(Id) with { StartedOn = held.StartedOn <= left ? held.StartedOn : null, EndedOn = left };
        return held.Typed is null
            ? await roles.SayAsync(scope, said, User.Name, ct)
            : await roles.ChangeAsync(scope, role, said, held.Typed.Version, User.Name, ct);
    }, ct);

    public Task<IActionResult> OnPostRemoveRoleAsync(Guid fact, int? version, CancellationToken ct) =>
        SaidAsync("role.removed", () => roles.RemoveAsync(scope, fact, version, User.Name, ct), ct);

    public Task<IActionResult> OnPostStanceAsync([FromForm(Name = "stance")] StanceForm said, CancellationToken ct)
    {
        (Stance, Open) = (said, "stance");
        return SaidAsync("stance.saved", () => stances.SayAsync(scope, new SayStance(Id, said.Account, said.Stance, said.SeenOn, said.ToldBy), User.Name, ct), ct);
    }

    public Task<IActionResult> OnPostRemoveStanceAsync(Guid fact, int? version, CancellationToken ct) =>
        SaidAsync("stance.removed", () => stances.RemoveAsync(scope, fact, version, User.Name, ct), ct);

    public Task<IActionResult> OnPostRelationAsync([FromForm(Name = "relation")] RelationForm said, CancellationToken ct)
    {
        (Relation, Open) = (said, "relation");
        return SaidAsync("relation.saved", () => relations.SayAsync(scope, said.For(Id), User.Name, ct), ct);
    }

    public Task<IActionResult> OnPostRemoveRelationAsync(Guid fact, int? version, CancellationToken ct) =>
        SaidAsync("relation.removed", () => relations.RemoveAsync(scope, fact, version, User.Name, ct), ct);

    private async Task<IActionResult> SaidAsync<T>(string notice, Func<Task<Result<T>>> say, CancellationToken ct)
    {
        if (!MaySay)
        {
            return Forbid();
        }

        if ((await say()).Error is { } refusal)
        {
            return this.Refuse(await LoadAsync(ct) ?? refusal);
        }

        this.Notice(notice);
        return LocalRedirect($"/contacts/{Id}/relations");
    }

    private async Task<Error?> LoadAsync(CancellationToken ct)
    {
        var read = await network.ReadAsync(scope, Id, Sought, ct);
        Sheet = read.Value!;
        Ways = read.Succeeded ? await introductions.FindAsync(scope, Id, User.Names, ct) : [];
        return read.Error;
    }
}
