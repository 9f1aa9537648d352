using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Segmentation.Plan;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Api;

/// <summary>The plan of relations: its rules, what each would have done in the past, and what it did.</summary>
internal static class PlanApi
{
    private const string Read = "segments:read";
    private const string Write = "segments:write";

    private const string Example =
        """{ "name": "Relancer les prospects chauds", "trigger": { "case": "inState", "state": "hot", "days": 7 }, "act": { "kind": "task", "text": "Appeler", "days": 2, "who": "camille@exemple.example" }, "restDays": 90, "mostPerRun": 200, "state": "dry" }""";

    public static void Map(RouteGroupBuilder api)
    {
        var plan = api.MapGroup("/plan-rules").WithTags("Insight");
        plan.MapGet("/", ListAsync).Is("plan.list", Read);
        plan.MapPost("/", CreateAsync).Is("plan.create", Write).Accepts<SavePlanRule>("application/json").AddEndpointFilter<Idempotency>().WithExample(Example);
        plan.MapPut("/{number:int}", ChangeAsync).Is("plan.change", Write).Accepts<SavePlanRule>("application/json").WithExample(Example);
        plan.MapDelete("/{number:int}", DeleteAsync).Is("plan.delete", Write);
        plan.MapGet("/{number:int}/history", HistoryAsync).Is("plan.history", Read);
        api.MapPost("/plan-rules:try", TryAsync).WithTags("Insight").Is("plan.try", Read).Accepts<SavePlanRule>("application/json").WithExample(Example);
    }

    private static async Task<Ok<ApiPage<PlanRule>>> ListAsync(PlanRules rules, CancellationToken ct) =>
        TypedResults.Ok(new ApiPage<PlanRule>([.. (await rules.ListAsync(ct)).Select(line => line.Rule)], null));

    private static async Task<Results<Created<PlanRule>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, PlanRules rules, Colleagues colleagues, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SavePlanRule>(texts, ct);
        if ((refusal ?? await NobodyAsync(command!, colleagues, texts, ct)) is { } refused)
        {
            return refused;
        }

        var made = await rules.CreateAsync(command!, user.Name, ct);
        return made.Succeeded ? TypedResults.Created($"/api/v1/plan-rules/{made.Value.Number}", made.Value) : made.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<PlanRule>, ProblemHttpResult>> ChangeAsync(
        int number, HttpRequest request, PlanRules rules, Colleagues colleagues, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SavePlanRule>(texts, ct);
        return (refusal ?? await NobodyAsync(command!, colleagues, texts, ct)) is { } refused ? refused : Answer(await rules.ChangeAsync(number, command!, user.Name, ct), texts);
    }

    private static async Task<Results<Ok<PlanRule>, ProblemHttpResult>> DeleteAsync(
        int number, PlanRules rules, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        Answer(await rules.SetStateAsync(number, PlanState.Deleted, user.Name, ct), texts);

    private static async Task<Results<Ok<ApiPage<FireView>>, ProblemHttpResult>> HistoryAsync(
        int number, PlanRules rules, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await rules.FindAsync(number, ct) is { Succeeded: false } refused ? refused.Error.ToProblem(texts)
            : TypedResults.Ok(new ApiPage<FireView>(
                [.. (await rules.HistoryAsync(number, ct)).Select(f => new FireView(f.Fire.AccountId, f.Account, f.Fire.Outcome, f.Fire.What, f.Fire.Version, f.Fire.ReachedAt, f.Fire.At))], null));

    private static async Task<Results<Ok<PlanSimulation>, ProblemHttpResult>> TryAsync(
        HttpRequest request, PlanRules rules, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SavePlanRule>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var played = await rules.SimulateAsync(command!, ct);
        return played.Succeeded ? TypedResults.Ok(played.Value) : played.Error.ToProblem(texts);
    }

    // A task given to somebody who is not here would be seen by nobody.
    private static async Task<ProblemHttpResult?> NobodyAsync(SavePlanRule command, Colleagues colleagues, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        command.Act is { Kind: PlanActKind.Task } act && await colleagues.RefusalAsync(act.Who, ct) is { } nobody ? nobody.ToProblem(texts) : null;

    private static Results<Ok<PlanRule>, ProblemHttpResult> Answer(Result<PlanRule> result, IStringLocalizer<Texts> texts) =>
        result.Succeeded ? TypedResults.Ok(result.Value) : result.Error.ToProblem(texts);

    /// <summary>What a rule did about an account, and when its condition became true.</summary>
    internal sealed record FireView(Guid AccountId, string? Account, PlanOutcome Outcome, string What, int Version, DateTimeOffset ReachedAt, DateTimeOffset At);
}
