using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Unification.Beliefs;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>Which source and which word are believed: what is in force, what others would change, set them, take them back.</summary>
internal static class BeliefsApi
{
    private const string Read = "matches:read";
    private const string Write = "matches:write";
    private const string Example =
        """{ "sources": ["erp", "crm", "salon"], "accounts": { "phone": "mostRecent" }, "contacts": {}, "reason": "L’ERP est tenu à jour.", "version": 0 }""";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/beliefs", GetAsync).WithTags("Matches").Is("beliefs.get", Read);
        api.MapPost("/beliefs:try", TryAsync).WithTags("Matches").Is("beliefs.try", Read).Accepts<SetBeliefs>("application/json").WithExample(Example);
        api.MapPut("/beliefs", SetAsync).WithTags("Matches").Is("beliefs.set", Write).Accepts<SetBeliefs>("application/json").WithExample(Example);
        api.MapDelete("/beliefs/{version:int}", UndoAsync).WithTags("Matches").Is("beliefs.undo", Write);
    }

    private static async Task<Ok<BeliefsView>> GetAsync(BeliefReview review, CancellationToken ct) =>
        TypedResults.Ok(new BeliefsView(await review.InForceAsync(ct), await review.VersionsAsync(ct)));

    private static async Task<Results<Ok<BeliefTrial>, ProblemHttpResult>> TryAsync(
        HttpRequest request, BeliefReview review, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SetBeliefs>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var trial = await review.TryAsync(command!, ct);
        return trial.Succeeded ? TypedResults.Ok(trial.Value) : trial.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<BeliefVersion>, ProblemHttpResult>> SetAsync(
        HttpRequest request, BeliefReview review, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SetBeliefs>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var set = await review.SetAsync(command!, user.Name, ct);
        return set.Succeeded ? TypedResults.Ok(set.Value) : set.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<BeliefVersion>, ProblemHttpResult>> UndoAsync(
        int version, BeliefReview review, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var undone = await review.UndoAsync(version, user.Name, ct);
        return undone.Succeeded ? TypedResults.Ok(undone.Value) : undone.Error.ToProblem(texts);
    }

    /// <summary>What is believed now, and the versions there were.</summary>
    internal sealed record BeliefsView(BeliefSet InForce, IReadOnlyList<BeliefVersion> Versions);
}
