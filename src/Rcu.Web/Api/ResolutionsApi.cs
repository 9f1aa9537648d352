using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Rcu.Data;
using Rcu.Resolution;
using Rcu.Web.Pages.Matches;

namespace Rcu.Web.Api;

/// <summary>What each resolution did, the latest first: in figures and in a sentence.</summary>
internal static class ResolutionsApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/matches/resolutions", ListAsync).WithTags("Matches").Is("resolutions.list", "matches:read");

    private static async Task<Ok<ApiPage<ResolutionView>>> ListAsync(
        Choice<ClusterKind>? kind, Guid? cursor, int? limit, RcuDb db, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (of, size) = (kind?.Value ?? ClusterKind.Account, ApiPage.Size(limit));
        var rows = await db.Set<ResolutionRun>().AsNoTracking()
            .Where(r => r.Kind == of && (cursor == null || r.Id < cursor))
            .OrderByDescending(r => r.Id).Take(size + 1).ToListAsync(ct);
        return TypedResults.Ok(ApiPage.Of(rows, size, run => new ResolutionView(run, texts.Of(run)), run => run.Id));
    }

    /// <summary>One resolution, and the same in a sentence.</summary>
    internal sealed record ResolutionView(ResolutionRun Run, string Summary);
}
