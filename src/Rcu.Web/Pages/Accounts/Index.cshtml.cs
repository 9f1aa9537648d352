using Microsoft.AspNetCore.Mvc;
using Rcu.Exploration;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Accounts;

/// <summary>The list of accounts. Filters, sort and page are all in the address, which can be copied to a colleague; acts on many are done here.</summary>
internal sealed class IndexModel(
    AccountList list, ListViews views, ListExtras extras, AccountBatches batches, Colleagues colleagues, ListedSegments listed,
    AccountScope scope, TimeProvider clock)
    : AccountListPage
{
    [BindProperty(SupportsGet = true, Name = "apres")]
    public string? After { get; set; }

    /// <summary>The columns asked for by this address, whatever the reader's own.</summary>
    [BindProperty(SupportsGet = true, Name = "col")]
    public List<string> Asked { get; set; } = [];

    public AccountPage Found { get; private set; } = null!;

    public IReadOnlyList<ListView> Views { get; private set; } = [];

    public IReadOnlyList<ListColumn> Columns { get; private set; } = [];

    public ILookup<Guid, string> Owners { get; private set; } = Array.Empty<Guid>().ToLookup(id => id, _ => "");

    public ILookup<Guid, string> Tags { get; private set; } = Array.Empty<Guid>().ToLookup(id => id, _ => "");

    public IReadOnlyList<Colleague> Colleagues { get; private set; } = [];

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public bool MayWrite => User.IsInAny(HubRoles.Commercial, HubRoles.Steward, HubRoles.Admin);

    public bool MaySegment => User.IsInAny(HubRoles.Marketing, HubRoles.Admin);

    public bool MayTick => MayWrite || MaySegment;

    /// <summary>The segments picked by hand, to which the ticked ones may be added.</summary>
    public IReadOnlyList<Segment> Picked { get; private set; } = [];

    /// <summary>What the address says of filters and sort, by which a saved view is known.</summary>
    public string Query => Joined(Carried);

    public async Task OnGetAsync(CancellationToken ct)
    {
        var after = PageCursor.TryParse(After, null, out var cursor) ? cursor : null;
        Found = await list.ReadAsync(scope, Filter, Sort, Reversed, after, ct);
        Views = await views.OfAsync(User.Name, ListKind.Accounts, ct);
        Columns = ListColumn.Of(Asked.Count > 0 ? Asked
            : Views.FirstOrDefault(v => v.Name.Length > 0 && v.Query == Query)?.Columns ?? Views.FirstOrDefault(v => v.Name.Length == 0)?.Columns ?? ListColumn.Usual);
        var ids = Found.Rows.Select(r => r.Id).ToList();
        Colleagues = await colleagues.ListAsync(ct);
        Picked = MaySegment ? await listed.PickedAsync(SegmentTarget.Accounts, ct) : Picked;
        Owners = Columns.Any(c => c.Key == "owner") ? await extras.OwnersAsync(ids, ct) : Owners;
        Tags = Columns.Any(c => c.Key == "tags") ? await extras.TagsAsync(ids, ct) : Tags;
    }

    /// <summary>The same act on those that were ticked, or on all those of the list.</summary>
    public async Task<IActionResult> OnPostBatchAsync(BatchForm form, CancellationToken ct)
    {
        if (!MayWrite)
        {
            return Forbid();
        }

        var command = form.Command;
        var refusal = command.Act is BatchAct.Assign or BatchAct.Task ? await colleagues.RefusalAsync(form.Owner, ct) : null;
        var done = refusal ?? await batches.DoAsync(scope, Filter, command, User.Name, ct);
        if (done.Error is { } refused)
        {
            this.NoticeRefusal(refused);
        }
        else
        {
            this.Notice($"batch.did.{command.Act}", done.Value!.Accounts, done.Value.Value);
            TempData["batch"] = $"{done.Value.Id}";
        }

        return LocalRedirect($"/comptes{Query}");
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid batch, CancellationToken ct)
    {
        if (!MayWrite)
        {
            return Forbid();
        }

        var undone = await batches.UndoAsync(batch, User.Name, ct);
        if (undone.Error is { } refused)
        {
            this.NoticeRefusal(refused);
        }
        else
        {
            this.Notice("batch.undone", undone.Value!.Accounts);
        }

        return LocalRedirect($"/comptes{Query}");
    }

    /// <summary>Keeps this list under a name; without one, keeps its columns for all lists.</summary>
    public async Task<IActionResult> OnPostKeepAsync(string? name, List<string> columns, CancellationToken ct)
    {
        var called = name?.Trim() ?? "";
        var kept = await views.SaveAsync(
            User.Name, ListKind.Accounts, called, called.Length == 0 ? "" : Query, [.. ListColumn.Of(columns).Select(c => c.Key)], ct);
        if (kept.Error is { } refused)
        {
            this.NoticeRefusal(refused);
        }
        else
        {
            this.Notice(called.Length == 0 ? "view.columns_kept" : "view.kept", called);
        }

        return LocalRedirect($"/comptes{Query}");
    }

    public async Task<IActionResult> OnPostForgetAsync(Guid view, CancellationToken ct)
    {
        await views.RemoveAsync(User.Name, view, ct);
        this.Notice("view.forgotten");
        return LocalRedirect("/comptes");
    }

    /// <summary>The sheet of an account, which knows the list it was opened from.</summary>
    public string RowLink(Guid id) => $"/comptes/{id}{Joined([("liste", "true"), .. Carried])}";

    /// <summary>This list, with another sort: the second click on a column turns it over.</summary>
    public string SortLink(AccountSort sort) => Link(
        Filters.Select(f => (f.Name, (string?)f.Value)).Append(("tri", sort == default ? null : $"{sort}"))
            .Append(("inverse", sort == Sort && !Reversed ? "true" : null)));

    public string NextLink() => Link([.. Carried, ("apres", Found.Next?.ToString())]);

    /// <summary>The address a form of this list posts to: the list stays what it is.</summary>
    public string ActLink(string handler) => Link([.. Carried, ("handler", handler)]);

    public string ExportLink(string format) => $"/comptes/export{Joined([.. Carried, ("format", format)])}";

    /// <summary>This list without one of its filters.</summary>
    public string WithoutLink(string filter) => Link(Filters.Where(f => f.Name != filter).Select(f => (f.Name, (string?)f.Value)));

    public static string WatchLink(AccountWatch? watch) => Link([("vue", watch?.ToString())]);

    public string NameOf(string owner) => Colleagues.FirstOrDefault(c => string.Equals(c.Email, owner, StringComparison.OrdinalIgnoreCase))?.Name ?? owner;

    private static string Link(IEnumerable<(string Name, string? Value)> values) => "/comptes" + Joined(values);
}
