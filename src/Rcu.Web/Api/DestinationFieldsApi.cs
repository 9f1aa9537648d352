using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Activation;
using Rcu.Segmentation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>Which field of the hub goes to which field of a tool, who owns it, in which shape; and what real profiles would become.</summary>
internal static class DestinationFieldsApi
{
    private const string Read = "activation:read";
    private const string Write = "activation:write";

    private const string Example =
        """{ "fields": [{ "field": "family_name", "as": "NOM", "owner": "Hub", "shape": "Upper" }, { "field": "job_title", "as": "FONCTION", "owner": "NeverNull" }] }""";

    public static void Map(RouteGroupBuilder api)
    {
        var fields = api.MapGroup("/destinations/{id:guid}/fields").WithTags("Destinations");
        fields.MapGet("/", GetAsync).Is("destinations.fields", Read);
        fields.MapPut("/", SetAsync).Is("destinations.set_fields", Write).Accepts<SetFields>("application/json").WithExample(Example);
        fields.MapPost("/preview", PreviewAsync).Is("destinations.preview_fields", Read).Accepts<SetFields>("application/json").WithExample(Example);
    }

    private static async Task<Results<Ok<ToolFields>, ProblemHttpResult>> GetAsync(Guid id, FieldRules rules, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        Answer(await rules.ReadAsync(id, ct), texts);

    private static async Task<Results<Ok<ToolFields>, ProblemHttpResult>> SetAsync(
        Guid id, HttpRequest request, FieldRules rules, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (body, refusal) = await request.ReadAsync<SetFields>(texts, ct);
        return refusal is not null ? refusal : Answer(await rules.SaveAsync(id, body!.Fields ?? [], user.Name, ct), texts);
    }

    private static async Task<Results<Ok<ApiPage<FieldPreview>>, ProblemHttpResult>> PreviewAsync(
        Guid id, HttpRequest request, FieldRules rules, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (body, refusal) = await request.ReadAsync<SetFields>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var shown = await rules.PreviewAsync(id, body!.Fields ?? [], ct);
        return shown.Succeeded ? TypedResults.Ok(new ApiPage<FieldPreview>([.. shown.Value], null)) : shown.Error.ToProblem(texts);
    }

    private static Results<Ok<ToolFields>, ProblemHttpResult> Answer(Result<FieldRulesView> answered, IStringLocalizer<Texts> texts) =>
        answered.Succeeded ? TypedResults.Ok(ToolFields.Of(answered.Value)) : answered.Error.ToProblem(texts);

    /// <param name="Fields">One line for each field of the tool; none at all for what is usual.</param>
    internal sealed record SetFields(IReadOnlyList<FieldRule>? Fields);

    /// <summary>The rules that hold, and the fields of both sides.</summary>
    /// <param name="IsUsual">Nobody decided: it is what is usual for the tool.</param>
    /// <param name="ToolHas">The fields the tool has now; null when it takes any name, or could not be asked.</param>
    /// <param name="Warnings">What the tool no longer has, in words.</param>
    internal sealed record ToolFields(
        SegmentTarget Target, IReadOnlyList<FieldRule> Fields, bool IsUsual, IReadOnlyList<string> HubHas, IReadOnlyList<string>? ToolHas, IReadOnlyList<string> Warnings)
    {
        public static ToolFields Of(FieldRulesView view) => new(view.Target, view.Rules, view.IsUsual, view.Hub, view.There, view.Warnings);
    }
}
