using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Segments;

/// <summary>Who is in a segment, and why someone is or is not.</summary>
internal sealed class MembersModel(
    Rcu.Segmentation.Segments segments, SegmentPeople people, SegmentExport export, SegmentProjection projection, IStringLocalizer<Texts> texts) : PageModel
{
    public const int PageSize = 50;

    public Segment Segment { get; private set; } = null!;

    public IReadOnlyList<SegmentRow> Rows { get; private set; } = [];

    public string? Sought { get; private set; }

    public IReadOnlyList<(SegmentRow Row, SegmentReason Reason)> Explained { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, string? afterName, Guid? afterId, string? qui, CancellationToken ct)
    {
        var found = await segments.FindAsync(id, ct);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Error);
        }

        (Segment, Sought) = (found.Value, qui);
        var scope = new AccountScope(User.Name);
        var after = afterName is not null && afterId is { } last ? new SegmentPosition(afterName, last) : null;
        Rows = (await people.MembersAsync(scope, id, after, PageSize, ct)).Value ?? [];
        if (!string.IsNullOrWhiteSpace(qui))
        {
            List<(SegmentRow, SegmentReason)> explained = [];
            foreach (var row in (await people.SuggestAsync(scope, Segment.Target, qui, ct)).Take(3))
            {
                var reason = await people.ExplainAsync(scope, Segment.Target, row.Id, Segment.Rule, ct);
                if (reason.Succeeded)
                {
                    explained.Add((row, reason.Value));
                }
            }

            Explained = explained;
        }

        return Page();
    }

    /// <summary>One person for each account, as a file.</summary>
    public async Task<IActionResult> OnGetPeopleAsync(Guid id, ExportFormat format, CancellationToken ct)
    {
        var found = await segments.FindAsync(id, ct);
        if (!found.Succeeded || found.Value.Target is not SegmentTarget.Accounts)
        {
            return this.Refuse(found.Error ?? SegmentationErrors.NotOfAccounts);
        }

        Begin(found.Value, format);
        await projection.WriteAsync(new AccountScope(User.Name), id, format, Response.Body, key => texts[key], ct);
        return new EmptyResult();
    }

    /// <summary>The members, as a file.</summary>
    public async Task<IActionResult> OnGetExportAsync(Guid id, ExportFormat format, CancellationToken ct)
    {
        var found = await segments.FindAsync(id, ct);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Error);
        }

        Begin(found.Value, format);
        await export.WriteAsync(new AccountScope(User.Name), id, format, Response.Body, key => texts[key], ct);
        return new EmptyResult();
    }

    private void Begin(Segment segment, ExportFormat format)
    {
        Accounts.ExportModel.Begin(Response, format);
        Response.Headers.ContentDisposition =
            $"attachment; filename*=UTF-8''{Uri.EscapeDataString(segment.Name)}.{format.ToString().ToLowerInvariant()}";
    }
}
