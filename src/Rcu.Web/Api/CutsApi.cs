using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Resolution;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>From which probability the hub joins and asks: what is in force, what others would change, set them.</summary>
internal static class CutsApi
{
    private const string Read = "matches:read";
    private const string Write = "matches:write";
    private const string Example = """{ "kind": "account", "automatic": 0.995, "review": 0.6, "reason": "Moins de réunions à vérifier." }""";

    public static void Map(RouteGroupBuilder api)
    {
        var cuts = api.MapGroup("/matches/cuts").WithTags("Matches");
        cuts.MapGet("/", ListAsync).Is("cuts.list", Read);
        cuts.MapGet("/advice", AdviseAsync).Is("cuts.advice", Read);
        api.MapPost("/matches/cuts:try", TryAsync).WithTags("Matches").Is("cuts.try", Read).Accepts<SetCuts>("application/json").WithExample(Example);
        cuts.MapPut("/", SetAsync).Is("cuts.set", Write).Accepts<SetCuts>("application/json").WithExample(Example);
    }

    private static async Task<Ok<CutsView>> ListAsync(Choice<ClusterKind>? kind, CutReview review, CancellationToken ct)
    {
        var versions = await review.VersionsAsync(kind?.Value ?? ClusterKind.Account, ct);
        return TypedResults.Ok(new CutsView(CutReview.InForce(versions), versions));
    }

    private static async Task<Ok<AdviceView>> AdviseAsync(Choice<ClusterKind>? kind, MatchAdvice advice, CancellationToken ct)
    {
        var of = kind?.Value ?? ClusterKind.Account;
        return TypedResults.Ok(new AdviceView(await advice.AdviseAsync(of, ct), await advice.DriftsAsync(of, ct)));
    }

    private static async Task<Results<Ok<CutTrial>, ProblemHttpResult>> TryAsync(
        HttpRequest request, CutReview review, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SetCuts>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var trial = await review.TryAsync(command!, ct);
        return trial.Succeeded ? TypedResults.Ok(trial.Value) : trial.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<MatchCuts>, ProblemHttpResult>> SetAsync(
        HttpRequest request, CutReview review, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SetCuts>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var set = await review.SetAsync(command!, user.Name, ct);
        return set.Succeeded ? TypedResults.Ok(set.Value) : set.Error.ToProblem(texts);
    }

    /// <summary>The cuts in force, and the versions there were.</summary>
    internal sealed record CutsView(Cuts InForce, IReadOnlyList<MatchCuts> Versions);

    /// <summary>Where decisions say the cuts could be, and what moved of late.</summary>
    internal sealed record AdviceView(CutAdvice Advice, IReadOnlyList<MatchDrift> Drifts);
}
