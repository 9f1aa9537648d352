using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Rcu.Exploration;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Api;

/// <summary>What people mean to do about accounts: an account's tasks, a person's, one of them; written, changed, done, removed.</summary>
internal static class TasksApi
{
    private const string Read = "accounts:read";
    private const string Write = "accounts:write";
    private const string Example = """{ "title": "Rappeler pour le devis", "dueOn": "2026-12-01", "remindAt": "2026-12-01T08:00:00Z", "assignee": "camille@demo.example" }""";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/accounts/{id:guid}/tasks", OfAccountAsync).WithTags("Tasks").Is("tasks.of_account", Read);
        api.MapPost("/accounts/{id:guid}/tasks", AddAsync).WithTags("Tasks").Is("tasks.add", Write)
            .Accepts<SaveTask>("application/json").AddEndpointFilter<Idempotency>().WithExample(Example);
        var tasks = api.MapGroup("/tasks").WithTags("Tasks");
        tasks.MapGet("/", OfPersonAsync).Is("tasks.list", Read);
        tasks.MapGet("/{id:guid}", GetAsync).Is("tasks.get", Read);
        tasks.MapPut("/{id:guid}", ChangeAsync).Is("tasks.change", Write).Accepts<SaveTask>("application/json")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).WithExample(Example);
        tasks.MapPut("/{id:guid}/done", (Guid id, HttpRequest request, [AsParameters] Asked asked) => TickAsync(id, true, request, asked))
            .Is("tasks.done", Write).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        tasks.MapDelete("/{id:guid}/done", (Guid id, HttpRequest request, [AsParameters] Asked asked) => TickAsync(id, false, request, asked))
            .Is("tasks.reopen", Write).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        tasks.MapDelete("/{id:guid}", RemoveAsync).Is("tasks.remove", Write).ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<Results<Ok<ApiPage<TaskLine>>, ProblemHttpResult>> OfAccountAsync(
        Guid id, AccountSheets sheets, [AsParameters] Asked asked) => await sheets.ExistsAsync(asked.Scope, id, asked.Ct)
            ? TypedResults.Ok(new ApiPage<TaskLine>(await asked.Tasks.OfAccountAsync(asked.Scope, id, asked.Ct), null))
            : ExplorationErrors.AccountNotFound.ToProblem(asked.Texts);

    private static async Task<Results<Ok<ApiPage<TaskLine>>, ProblemHttpResult>> OfPersonAsync(string? assignee, bool? done, [AsParameters] Asked asked) =>
        string.IsNullOrWhiteSpace(assignee)
            ? ApiProblem.Of(asked.Texts, StatusCodes.Status400BadRequest, "task.whose")
            : TypedResults.Ok(new ApiPage<TaskLine>(await asked.Tasks.OfPersonAsync(asked.Scope, assignee, done ?? false, asked.Ct), null));

    private static async Task<Results<Ok<TaskLine>, ProblemHttpResult>> GetAsync(Guid id, HttpResponse response, [AsParameters] Asked asked) =>
        Answer(await asked.Tasks.FindAsync(asked.Scope, id, asked.Ct), response, asked);

    private static async Task<Results<Created<TaskLine>, ProblemHttpResult>> AddAsync(Guid id, HttpRequest request, [AsParameters] Asked asked)
    {
        var (command, refusal) = await request.ReadAsync<SaveTask>(asked.Texts, asked.Ct);
        if (refusal is not null)
        {
            return refusal;
        }

        if (await asked.Colleagues.RefusalAsync(command!.Assignee ?? asked.User.Name, asked.Ct) is { } stranger)
        {
            return stranger.ToProblem(asked.Texts);
        }

        var added = await asked.Tasks.AddAsync(asked.Scope, id, command, asked.User.Name, asked.Ct);
        if (!added.Succeeded)
        {
            return added.Error.ToProblem(asked.Texts);
        }

        request.HttpContext.Response.Headers.ETag = ETags.Of(added.Value.Version, added.Value.UpdatedAt);
        return TypedResults.Created($"/api/v1/tasks/{added.Value.Id}", added.Value);
    }

    private static async Task<Results<Ok<TaskLine>, ProblemHttpResult>> ChangeAsync(Guid id, HttpRequest request, [AsParameters] Asked asked)
    {
        var (command, refusal) = await request.ReadAsync<SaveTask>(asked.Texts, asked.Ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var (seen, stale) = await SeenAsync(id, request, asked);
        if ((stale ?? await asked.Colleagues.RefusalAsync(command!.Assignee ?? asked.User.Name, asked.Ct)) is { } refused)
        {
            return refused.ToProblem(asked.Texts);
        }

        var changed = await asked.Tasks.ChangeAsync(asked.Scope, id, command! with { Version = command.Version ?? seen }, asked.User.Name, asked.Ct);
        return Answer(changed, request.HttpContext.Response, asked);
    }

    private static async Task<Results<Ok<TaskLine>, ProblemHttpResult>> TickAsync(Guid id, bool done, HttpRequest request, Asked asked)
    {
        var (seen, stale) = await SeenAsync(id, request, asked);
        return stale is not null ? stale.ToProblem(asked.Texts)
            : Answer(await asked.Tasks.TickAsync(asked.Scope, id, done, seen, asked.User.Name, asked.Ct), request.HttpContext.Response, asked);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(Guid id, HttpRequest request, [AsParameters] Asked asked)
    {
        var (seen, stale) = await SeenAsync(id, request, asked);
        var refusal = stale ?? (await asked.Tasks.RemoveAsync(asked.Scope, id, seen, asked.Ct)).Error;
        return refusal is null ? TypedResults.NoContent() : refusal.ToProblem(asked.Texts);
    }

    // With an If-Match, the version that was read is the one that is written over, or nothing is.
    private static async Task<(int? Version, Error? Refusal)> SeenAsync(Guid id, HttpRequest request, Asked asked)
    {
        if (request.Headers.IfMatch.Count == 0)
        {
            return (null, null);
        }

        var found = await asked.Tasks.FindAsync(asked.Scope, id, asked.Ct);
        return found.Succeeded
            ? (found.Value.Version, ETags.Refusal(request, ETags.Of(found.Value.Version, found.Value.UpdatedAt)))
            : (null, found.Error);
    }

    private static Results<Ok<TaskLine>, ProblemHttpResult> Answer(Result<TaskLine> task, HttpResponse response, Asked asked)
    {
        if (!task.Succeeded)
        {
            return task.Error.ToProblem(asked.Texts);
        }

        response.Headers.ETag = ETags.Of(task.Value.Version, task.Value.UpdatedAt);
        return TypedResults.Ok(task.Value);
    }

    /// <summary>Who asks, and what answers.</summary>
    internal sealed record Asked(
        [FromServices] Exploration.Desk.Tasks Tasks, [FromServices] Colleagues Colleagues, [FromServices] AccountScope Scope,
        ClaimsPrincipal User, [FromServices] IStringLocalizer<Texts> Texts, CancellationToken Ct);
}
