using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Insight.Boards;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>Campaigns and what they brought, and the numbers of the boards with the rows that make them.</summary>
internal static class CampaignsApi
{
    private const string Read = "segments:read";
    private const string Write = "segments:write";

    private const string Example = """{ "name": "Salon Batimat", "channel": "event", "startsOn": "2026-09-28", "endsOn": "2026-10-01", "cost": 18500 }""";

    public static void Map(RouteGroupBuilder api)
    {
        var campaigns = api.MapGroup("/campaigns").WithTags("Insight");
        campaigns.MapGet("/", ListAsync).Is("campaigns.list", Read);
        campaigns.MapGet("/{id:guid}", GetAsync).Is("campaigns.get", Read);
        campaigns.MapPost("/", CreateAsync).Is("campaigns.create", Write).Accepts<SaveCampaign>("application/json").AddEndpointFilter<Idempotency>().WithExample(Example);
        campaigns.MapPut("/{id:guid}", ChangeAsync).Is("campaigns.change", Write).Accepts<SaveCampaign>("application/json").WithExample(Example);
        campaigns.MapDelete("/{id:guid}", DeleteAsync).Is("campaigns.delete", Write);
        api.MapGet("/figures/{name}", FigureAsync).WithTags("Insight").Is("figures.get", Read);
    }

    private static async Task<Ok<ApiPage<CampaignView>>> ListAsync(Campaigns campaigns, CancellationToken ct) =>
        TypedResults.Ok(new ApiPage<CampaignView>([.. (await campaigns.ListAsync(ct)).Select(CampaignView.Of)], null));

    private static async Task<Results<Ok<CampaignView>, ProblemHttpResult>> GetAsync(
        Guid id, Campaigns campaigns, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        Answer(await campaigns.FindAsync(id, ct), texts);

    private static async Task<Results<Created<CampaignView>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, Campaigns campaigns, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SaveCampaign>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var made = await campaigns.CreateAsync(command!, user.Name, ct);
        return made.Succeeded
            ? TypedResults.Created($"/api/v1/campaigns/{made.Value.Id}", CampaignView.Of((await campaigns.FindAsync(made.Value.Id, ct)).Value!))
            : made.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<CampaignView>, ProblemHttpResult>> ChangeAsync(
        Guid id, HttpRequest request, Campaigns campaigns, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SaveCampaign>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var changed = await campaigns.ChangeAsync(id, command!, user.Name, ct);
        return changed.Succeeded ? Answer(await campaigns.FindAsync(id, ct), texts) : changed.Error.ToProblem(texts);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, Campaigns campaigns, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await campaigns.DeleteAsync(id, user.Name, ct) is { Succeeded: false } refused ? refused.Error.ToProblem(texts) : TypedResults.NoContent();

    private static async Task<Results<Ok<FigureView>, ProblemHttpResult>> FigureAsync(
        string name, DateOnly? from, DateOnly? to, string? label, string? campaign, Figures figures, TimeProvider clock,
        IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        if (Figure.Find(name) is not { } figure)
        {
            return BoardErrors.UnknownFigure(name).ToProblem(texts);
        }

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var asked = new FigureAsked(from ?? today.AddYears(-1), to ?? today, label ?? "", campaign ?? "");
        return TypedResults.Ok(new FigureView(
            name, texts[$"figure.{name}.how"], asked.From, asked.To, await figures.CountAsync(figure, asked, ct), await figures.LabelsAsync(figure, asked, ct),
            await figures.RowsAsync(figure, asked, Figures.Shown, ct).ToListAsync(ct)));
    }

    private static Results<Ok<CampaignView>, ProblemHttpResult> Answer(Result<CampaignResult> result, IStringLocalizer<Texts> texts) =>
        result.Succeeded ? TypedResults.Ok(CampaignView.Of(result.Value)) : result.Error.ToProblem(texts);

    /// <summary>A campaign and what came of it.</summary>
    internal sealed record CampaignView(
        Guid Id, string Name, string Channel, DateOnly StartsOn, DateOnly? EndsOn, decimal Cost, string? Goal, int Version, long Touched, long Opened,
        decimal OpenedAmount, long Won, decimal WonAmount, decimal? CostPerAccount, double? Roi)
    {
        public static CampaignView Of(CampaignResult r) => new(
            r.Campaign.Id, r.Campaign.Name, r.Campaign.Channel, r.Campaign.StartsOn, r.Campaign.EndsOn, r.Campaign.Cost, r.Campaign.Goal, r.Campaign.Version,
            r.Touched.Count, r.Opened.Count, r.Opened.Amount ?? 0, r.Won.Count, r.Won.Amount ?? 0, r.CostPerAccount, r.Roi);
    }

    /// <summary>A number, its definition, its parts, and the first rows that make it.</summary>
    internal sealed record FigureView(
        string Name, string Definition, DateOnly From, DateOnly To, FigureTotal Total, IReadOnlyList<FigureLabel> Labels, IReadOnlyList<FigureRow> Rows);
}
