using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>The hub itself: the sources it listens to, and the work it has done or is doing.</summary>
internal static class HubApi
{
    private const string Read = "imports:read";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/sources", SourcesAsync).WithTags("Sources").Is("sources.list", Read);
        api.MapGet("/runs", RunsAsync).WithTags("Runs").Is("runs.list", Read);
        api.MapGet("/runs/{id:guid}", RunAsync).WithTags("Runs").Is("runs.get", Read);
    }

    private static async Task<Ok<ApiPage<SourceView>>> SourcesAsync(RcuDb db, CancellationToken ct) => TypedResults.Ok(new ApiPage<SourceView>(
        await db.Sources.AsNoTracking().OrderBy(s => s.Priority).ThenBy(s => s.Id)
            .Select(s => new SourceView(s.Name, s.Label, s.Priority, s.WithoutDuplicates)).ToListAsync(ct),
        null));

    private static async Task<Ok<ApiPage<RunView>>> RunsAsync(Guid? cursor, RunHistory history, CancellationToken ct)
    {
        var runs = await history.PageAsync(cursor, ct);
        return TypedResults.Ok(new ApiPage<RunView>(
            [.. runs.Select(RunView.Of)], runs.Count == RunHistory.PageSize ? runs[^1].Id.ToString() : null));
    }

    private static async Task<Results<Ok<RunView>, ProblemHttpResult>> RunAsync(
        Guid id, RunHistory history, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await history.FindAsync(id, ct) is { } run ? TypedResults.Ok(RunView.Of(run)) : JobErrors.RunNotFound.ToProblem(texts);

    /// <summary>A system the hub listens to. The smaller its priority, the more it is believed.</summary>
    internal sealed record SourceView(string Name, string Label, int Priority, bool WithoutDuplicates);

    /// <summary>One piece of background work: where it stands, and what it counted.</summary>
    internal sealed record RunView(
        Guid Id, string Stage, string Label, RunStatus Status, long Done, long? Total, IReadOnlyDictionary<string, long> Counters, string? Failure,
        string RequestedBy, DateTimeOffset QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
    {
        public static RunView Of(Run run) => new(
            run.Id, run.Stage, run.Label, run.Status, run.Done, run.Total, run.Counters, run.Failure, run.RequestedBy, run.QueuedAt, run.StartedAt,
            run.EndedAt);
    }
}
