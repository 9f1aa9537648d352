using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Rcu.Activation;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Resolution;
using Rcu.Unification;
using Rcu.Unification.Joins;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>A pair before it is judged: what the two would be as one, who looks at it, what others say; and linking two that are not one.</summary>
internal static class PairsApi
{
    private const string Read = "matches:read";
    private const string Write = "matches:write";

    public static void Map(RouteGroupBuilder api)
    {
        var pairs = api.MapGroup("/matches/{id:guid}").WithTags("Matches");
        pairs.MapGet("/forecast", ForecastAsync).Is("matches.forecast", Read);
        pairs.MapPut("/lock", LockAsync).Is("matches.lock", Write);
        pairs.MapDelete("/lock", ReleaseAsync).Is("matches.release", Write);
        pairs.MapGet("/opinions", OpinionsAsync).Is("matches.opinions", Read);
        pairs.MapPost("/opinions", AddOpinionAsync).Is("matches.opinion", Write).Accepts<JudgeMatch>("application/json").AddEndpointFilter<Idempotency>()
            .WithExample("""{ "judgement": "different", "reason": "Deux sites, deux équipes." }""");
        api.MapPost("/matches/{id:guid}:link", LinkAsync).WithTags("Matches").Is("matches.link", Write).Accepts<LinkPair>("application/json")
            .AddEndpointFilter<Idempotency>().ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithExample("""{ "nature": "capital", "parent": "left", "percentage": 60, "reason": "Kbis du 3 mars." }""");
    }

    private static async Task<Results<Ok<ForecastView>, ProblemHttpResult>> ForecastAsync(Guid id, [AsParameters] Looking looking)
    {
        var found = await looking.Comparison.FindAsync(id, looking.Ct);
        if (!found.Succeeded)
        {
            return found.Error.ToProblem(looking.Texts);
        }

        var pair = found.Value;
        var forecast = pair.MayBeJoined ? await looking.Judgements.ForecastAsync(pair.Match, looking.Ct) : null;
        var segments = forecast is null || forecast.SurvivorId == forecast.RetiredId
            ? []
            : await looking.Reach.SegmentsAsync(forecast.SurvivorId, forecast.RetiredId, looking.Ct);
        return TypedResults.Ok(new ForecastView(pair.MayBeJoined, pair.Effects, forecast, segments));
    }

    private static async Task<Results<Ok<TieView>, ProblemHttpResult>> LinkAsync(Guid id, HttpRequest request, [AsParameters] Looking looking, RcuDb db)
    {
        var (command, refusal) = await request.ReadAsync<LinkPair>(looking.Texts, looking.Ct);
        if (refusal is not null)
        {
            return refusal;
        }

        if (await MatchesApi.StaleAsync(id, request, db, looking.Ct) is { } stale)
        {
            return stale.ToProblem(looking.Texts);
        }

        var linked = await looking.Judgements.LinkAsync(id, command!, looking.User.Name, looking.Ct);
        return linked.Succeeded ? TypedResults.Ok(TieView.Of(linked.Value)) : linked.Error.ToProblem(looking.Texts);
    }

    private static async Task<Results<Ok<LockView>, ProblemHttpResult>> LockAsync(Guid id, MatchLocks locks, [AsParameters] Looking looking)
    {
        var found = await looking.Comparison.FindAsync(id, looking.Ct);
        return found.Succeeded
            ? TypedResults.Ok(new LockView((await locks.TakeAsync(id, looking.User.Name, looking.Ct))?.Who))
            : found.Error.ToProblem(looking.Texts);
    }

    private static async Task<NoContent> ReleaseAsync(Guid id, MatchLocks locks, ClaimsPrincipal user, CancellationToken ct)
    {
        await locks.ReleaseAsync(id, user.Name, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<IReadOnlyList<OpinionView>>> OpinionsAsync(Guid id, MatchOpinions opinions, CancellationToken ct) =>
        TypedResults.Ok<IReadOnlyList<OpinionView>>([.. (await opinions.ListAsync(id, ct)).Select(OpinionView.Of)]);

    private static async Task<Results<Ok<OpinionView>, ProblemHttpResult>> AddOpinionAsync(
        Guid id, HttpRequest request, MatchOpinions opinions, [AsParameters] Looking looking)
    {
        var (command, refusal) = await request.ReadAsync<JudgeMatch>(looking.Texts, looking.Ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var said = await opinions.AddAsync(id, command!, looking.User.Name, looking.Ct);
        return said.Succeeded ? TypedResults.Ok(OpinionView.Of(said.Value)) : said.Error.ToProblem(looking.Texts);
    }

    /// <summary>What joining two would give: the values with their rules, what moves, the segments and the tools.</summary>
    internal sealed record ForecastView(bool MayBeJoined, JoinEffects Effects, JoinForecast? Forecast, IReadOnlyList<ReachedSegment> Segments);

    /// <summary>Whether the pair is now the caller's, or who has it.</summary>
    internal sealed record LockView(string? HeldBy);

    /// <summary>What one steward says of a pair.</summary>
    internal sealed record OpinionView(string Who, Judgement Judgement, string? Reason, DateTimeOffset At)
    {
        public static OpinionView Of(MatchOpinion opinion) => new(opinion.Who, opinion.Judgement, opinion.Reason, opinion.At);
    }

    /// <summary>A link between two accounts that a person declared.</summary>
    internal sealed record TieView(Guid Id, TieNature Nature, Guid ParentRecordId, Guid ChildRecordId, decimal? Percentage, DateOnly? StartedOn, string? Reason, string DeclaredBy)
    {
        public static TieView Of(AccountTie tie) =>
            new(tie.Id, tie.Nature, tie.ParentRecordId, tie.ChildRecordId, tie.Percentage, tie.StartedOn, tie.Reason, tie.DeclaredBy);
    }

    /// <summary>Who looks, and what answers.</summary>
    internal sealed record Looking(
        [FromServices] MatchComparison Comparison, [FromServices] PairJudgements Judgements, [FromServices] JoinReach Reach, ClaimsPrincipal User,
        [FromServices] IStringLocalizer<Texts> Texts, CancellationToken Ct);
}
