using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Customers;
using Rcu.Insight.Worth;
using Rcu.Security;
using Rcu.Web.Hosting;
using Rcu.Web.Pages.Analysis;

namespace Rcu.Web.Api;

/// <summary>What accounts are worth, with the reasons, and the model leads are scored by.</summary>
internal static class WorthApi
{
    private const string Example =
        """{ "signals": { "form_sent": 20, "page_viewed": 2 }, "halfLifeDays": 30, "roles": { "decisionMaker": 2 }, "warmFrom": 15, "hotFrom": 40, "strategicHeadcount": 250, "strategicAmount": 50000, "customerMonths": 24 }""";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/accounts/{id:guid}/worth", OfAccountAsync).WithTags("Insight").Is("worth.of_account", "accounts:read");
        api.MapGet("/insight/worth", BoardAsync).WithTags("Insight").Is("worth.board", "accounts:read");
        var model = api.MapGroup("/lead-model").WithTags("Insight");
        model.MapGet("/", GetAsync).Is("lead_model.get", "segments:read");
        model.MapPut("/", SetAsync).Is("lead_model.set", "segments:write").Accepts<LeadModel>("application/json").WithExample(Example);
        api.MapPost("/lead-model:try", TryAsync).WithTags("Insight").Is("lead_model.try", "segments:read").Accepts<LeadModel>("application/json").WithExample(Example);
    }

    private static async Task<Results<Ok<WorthView>, ProblemHttpResult>> OfAccountAsync(
        Guid id, Worths worths, AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var read = await worths.ReadAsync(scope, id, ct);
        return read.Succeeded ? TypedResults.Ok(WorthView.Of(read.Value.Worth, texts)) : read.Error.ToProblem(texts);
    }

    private static async Task<Ok<WorthBoard>> BoardAsync(Worths worths, CancellationToken ct) => TypedResults.Ok(await worths.BoardAsync(ct));

    private static async Task<Ok<ModelView>> GetAsync(LeadModels models, CancellationToken ct) => TypedResults.Ok(
        (await models.VersionsAsync(ct)) is [var last, ..] ? new ModelView(last.Version, last.Model, last.SetBy, last.SetAt) : new ModelView(0, LeadModel.Default, null, null));

    private static async Task<Results<Ok<ModelView>, ProblemHttpResult>> SetAsync(
        HttpRequest request, LeadModels models, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (model, refusal) = await request.ReadAsync<LeadModel>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var set = await models.SetAsync(model!, null, user.Name, ct);
        return set.Succeeded ? TypedResults.Ok(new ModelView(set.Value.Version, set.Value.Model, set.Value.SetBy, set.Value.SetAt)) : set.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<LeadTrial>, ProblemHttpResult>> TryAsync(
        HttpRequest request, LeadModels models, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (model, refusal) = await request.ReadAsync<LeadModel>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var tried = await models.TryAsync(model!, ct);
        return tried.Succeeded ? TypedResults.Ok(tried.Value) : tried.Error.ToProblem(texts);
    }

    /// <summary>What an account is worth: each judgement with its reasons as sentences.</summary>
    internal sealed record WorthView(
        LeadState State, DateTimeOffset StateSince, int LeadScore, IReadOnlyList<ReasonView> LeadReasons, RfmClass? Rfm, int? R, int? F, int? M,
        int? RecencyDays, int Frequency, decimal Monetary, int? IntervalDays, int Ranges, decimal ValueToDate, decimal? ValueNext, int? Churn,
        IReadOnlyList<ReasonView> ChurnReasons, DateTimeOffset ComputedAt)
    {
        public static WorthView Of(AccountWorth w, IStringLocalizer<Texts> texts) => new(
            w.State, w.StateSince, w.LeadScore, [.. w.LeadReasons.Select(r => new ReasonView(texts.LeadReason(r), r.Points))], w.Rfm, w.R, w.F, w.M,
            w.RecencyDays, w.Frequency, w.Monetary, w.IntervalDays, w.Ranges, w.ValueToDate, w.ValueNext, w.Churn,
            [.. w.ChurnReasons.Select(r => new ReasonView(texts.ChurnReason(r), r.Points))], w.ComputedAt);
    }

    internal sealed record ReasonView(string Sentence, decimal Points);

    /// <summary>The model in force; version 0 is the one of the start, which nobody set.</summary>
    internal sealed record ModelView(int Version, LeadModel Model, string? SetBy, DateTimeOffset? SetAt);
}
