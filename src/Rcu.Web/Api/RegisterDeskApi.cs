using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Insight;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>The register's desk for programs: accounts without a SIREN and what they may be, what happened to accounts, and the answers.</summary>
internal static class RegisterDeskApi
{
    private const string Read = "matches:read";
    private const string Write = "matches:write";

    public static void Map(RouteGroupBuilder api)
    {
        var register = api.MapGroup("/register").WithTags("Register");
        register.MapGet("/accounts", ListAsync).Is("register.accounts", Read);
        register.MapPut("/accounts/{id:guid}/judgement", JudgeAsync).Is("register.judge", Write).Accepts<JudgeAccount>("application/json")
            .WithExample("""{ "verdict": "accepted", "siret": "06380003100013" }""");
        register.MapPost("/accounts:accept", AcceptAsync).Is("register.accept", Write).Accepts<AcceptSure>("application/json")
            .WithExample("""{ "score": 95 }""");
        register.MapGet("/proposals/{id:guid}", ProposalAsync).Is("register.proposal", Read);
        register.MapPut("/proposals/{id:guid}/judgement", JudgeProposalAsync).Is("register.judge_proposal", Write).Accepts<JudgeProposal>("application/json")
            .WithExample("""{ "verdict": "refused" }""");
        register.MapDelete("/judgements/{id:guid}", UndoAsync).Is("register.undo", Write);
    }

    private static async Task<Ok<ApiPage<AccountToName>>> ListAsync(Guid? cursor, int? limit, int? score, RegisterQueue queue, CancellationToken ct)
    {
        var size = ApiPage.Size(limit);
        return TypedResults.Ok(ApiPage.Of(await queue.ListAsync(cursor, Math.Clamp(score ?? 1, 1, 100), size + 1, ct), size, row => row, row => row.AccountId));
    }

    private static async Task<Results<Ok<RegisterJudgement>, ProblemHttpResult>> JudgeAsync(
        Guid id, HttpRequest request, RegisterReview review, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<JudgeAccount>(texts, ct);
        return refusal ?? Answer(await review.JudgeAsync(id, command!, user.Name, ct), texts);
    }

    private static async Task<Results<Ok<AcceptedSure>, ProblemHttpResult>> AcceptAsync(
        HttpRequest request, RegisterReview review, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<AcceptSure>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var accepted = await review.AcceptSureAsync(command!.Score, user.Name, ct);
        return accepted.Succeeded ? TypedResults.Ok(new AcceptedSure(accepted.Value)) : accepted.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<ProposalView>, ProblemHttpResult>> ProposalAsync(
        Guid id, RegisterProposals proposals, RegisterEffects effects, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await proposals.FindAsync(id, ct) is { } proposal
            ? TypedResults.Ok(new ProposalView(proposal, await effects.OfAsync(proposal, ct)))
            : InsightErrors.ProposalNotFound.ToProblem(texts);

    private static async Task<Results<Ok<RegisterJudgement>, ProblemHttpResult>> JudgeProposalAsync(
        Guid id, HttpRequest request, RegisterReview review, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<JudgeProposal>(texts, ct);
        return refusal ?? Answer(await review.JudgeProposalAsync(id, command!.Verdict, user.Name, ct), texts);
    }

    private static async Task<Results<Ok<RegisterJudgement>, ProblemHttpResult>> UndoAsync(
        Guid id, RegisterReview review, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        Answer(await review.UndoAsync(id, user.Name, ct), texts);

    private static Results<Ok<RegisterJudgement>, ProblemHttpResult> Answer(Result<RegisterJudgement> judged, IStringLocalizer<Texts> texts) =>
        judged.Succeeded ? TypedResults.Ok(judged.Value) : judged.Error.ToProblem(texts);

    /// <summary>An answer to what the register proposed.</summary>
    internal sealed record JudgeProposal(RegisterVerdict Verdict);

    /// <summary>From which score the first unit of each account is accepted.</summary>
    internal sealed record AcceptSure(int Score);

    /// <summary>What was accepted together; taking one back takes all back.</summary>
    internal sealed record AcceptedSure(IReadOnlyList<RegisterJudgement> Judgements);

    /// <summary>What happened, and what accepting it would write.</summary>
    internal sealed record ProposalView(RegisterProposal Proposal, RegisterEffect? Effect);
}
