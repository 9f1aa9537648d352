using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Segments;

/// <summary>What both lists do with segments: say what was done, and how to take it back.</summary>
internal static class Picking
{
    /// <summary>The new segment is opened; refused, one is back on the list.</summary>
    public static IActionResult Made(this PageModel page, Result<Segment> made, string back)
    {
        if (made.Error is { } refused)
        {
            page.NoticeRefusal(refused);
            return page.LocalRedirect(back);
        }

        page.Notice("segments.saved");
        return page.LocalRedirect($"/segments/{made.Value!.Id}");
    }

    /// <param name="into">The segment they go to; without one, the name of a new one.</param>
    public static async Task<IActionResult> PickAsync(
        this PageModel page, ListedSegments listed, AccountScope scope, SegmentTarget target, Result<IReadOnlyList<Guid>> whom,
        (Guid? Segment, string? Name) into, string back, CancellationToken ct)
    {
        if (!whom.Succeeded)
        {
            page.NoticeRefusal(whom.Error);
            return page.LocalRedirect(back);
        }

        var by = page.User.Name;
        var done = into.Segment is { } known
            ? await listed.AddAsync(scope, known, whom.Value, null, by, ct)
            : await listed.PickAsync(scope, into.Name ?? "", target, whom.Value, by, ct) switch
            {
                { Succeeded: true } made => new PickedMembers(made.Value, whom.Value),
                var refused => refused.Error!,
            };
        if (done.Error is { } refusal)
        {
            page.NoticeRefusal(refusal);
        }
        else
        {
            page.Notice("pick.done", done.Value!.Changed.Count, done.Value.Segment.Name);
            page.TempData["picked"] = $"{done.Value.Segment.Id} {done.Value.Changed.Count} {done.Value.Segment.Version}";
        }

        return page.LocalRedirect(back);
    }

    public static async Task<IActionResult> TakeBackAsync(
        this PageModel page, ListedSegments listed, (Guid Segment, int Count, int Version) done, string back, CancellationToken ct)
    {
        var undone = await listed.TakeBackAsync(done.Segment, done.Count, done.Version, page.User.Name, ct);
        if (undone.Error is { } refusal)
        {
            page.NoticeRefusal(refusal);
        }
        else
        {
            page.Notice("pick.undone", undone.Value!.Name);
        }

        return page.LocalRedirect(back);
    }
}
