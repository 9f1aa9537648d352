using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Exploration;
using Rcu.Resolution;
using Rcu.Web.Pages.Home;

namespace Rcu.Web.Pages.Fixes;

/// <summary>What the cleaning of the sources found, by problem, and each row with the account or contact it speaks of.</summary>
internal sealed class IssuesModel(IssueList issues, BoardMemory memory) : PageModel
{
    private const int Most = 500;

    public IReadOnlyList<IssueTotal> Totals { get; private set; } = [];

    public IReadOnlyList<IssueRow> Rows { get; private set; } = [];

    /// <summary>The problem whose rows are shown: the commonest where none is asked for.</summary>
    public string? Code { get; private set; }

    public bool IsFirst { get; private set; }

    /// <summary>The last row shown, when others follow it.</summary>
    public IssueRow? Last { get; private set; }

    public async Task OnGetAsync(string? code, Guid? apres, string? champ, CancellationToken ct)
    {
        Totals = (await memory.ReadAsync(
            "issue totals", async (hub, stop) => new Counted(await hub.GetRequiredService<IssueList>().TotalsAsync(Most, stop)),
            counted => counted.Totals.Sum(t => t.Count) >= BoardMemory.Large, ct)).Totals;
        Code = !string.IsNullOrWhiteSpace(code) ? code : Totals is [var commonest, ..] ? commonest.Code : null;
        IsFirst = apres is null;
        var rows = Code is null ? [] : await issues.RowsAsync(Code, apres is { } record ? (record, champ ?? "") : null, ct);
        Rows = [.. rows.Take(IssueList.PageSize)];
        Last = rows.Count > IssueList.PageSize ? Rows[^1] : null;
    }

    internal sealed record Counted(IReadOnlyList<IssueTotal> Totals);

    public static string? Sheet(IssueRow row) =>
        row.GoldenId is { } id ? $"{(row.GoldenKind is ClusterKind.Contact ? "/contacts" : "/comptes")}/{id}" : null;
}
