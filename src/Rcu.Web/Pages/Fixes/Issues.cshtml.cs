using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Exploration;
using Rcu.Resolution;

namespace Rcu.Web.Pages.Fixes;

/// <summary>What the cleaning of the sources found, by problem, and each row with the account or contact it speaks of.</summary>
internal sealed class IssuesModel(IssueList issues) : PageModel
{
    private const int Most = 60;

    public IReadOnlyList<IssueTotal> Totals { get; private set; } = [];

    public IReadOnlyList<IssueRow> Rows { get; private set; } = [];

    /// <summary>The problem whose rows are shown: the commonest where none is asked for.</summary>
    public string? Code { get; private set; }

    public bool IsFirst { get; private set; }

    public IssueRow? Next => Rows.Count == IssueList.PageSize ? Rows[^1] : null;

    public async Task OnGetAsync(string? code, Guid? apres, string? champ, CancellationToken ct)
    {
        Totals = await issues.TotalsAsync(Most, ct);
        Code = !string.IsNullOrWhiteSpace(code) ? code : Totals is [var commonest, ..] ? commonest.Code : null;
        IsFirst = apres is null;
        Rows = Code is null ? [] : await issues.RowsAsync(Code, apres is { } record ? (record, champ ?? "") : null, ct);
    }

    public static string? Sheet(IssueRow row) =>
        row.GoldenId is { } id ? $"{(row.GoldenKind is ClusterKind.Contact ? "/contacts" : "/comptes")}/{id}" : null;
}
