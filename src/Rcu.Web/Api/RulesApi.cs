using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Cleaning.Steward;
using Rcu.Customers;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>The rules that stewards write without code: list, try, write, change, switch off and on, delete.</summary>
internal static class RulesApi
{
    private const string Read = "imports:read";
    private const string Write = "imports:write";

    private const string Example =
        """{ "name": "Code postal français", "kind": "account", "condition": { "field": "country", "test": "oneOf", "value": "FR" }, "claim": { "field": "postal_code", "test": "matches", "value": "[0-9]{5}" }, "effect": "warn", "message": "Un code postal français a cinq chiffres." }""";

    public static void Map(RouteGroupBuilder api)
    {
        var rules = api.MapGroup("/rules").WithTags("Rules");
        rules.MapGet("/", ListAsync).Is("rules.list", Read);
        rules.MapGet("/{number:int}", GetAsync).Is("rules.get", Read);
        rules.MapPost("/", CreateAsync).Is("rules.create", Write).Accepts<SaveRule>("application/json").AddEndpointFilter<Idempotency>().WithExample(Example);
        rules.MapPut("/{number:int}", ChangeAsync).Is("rules.change", Write).Accepts<SaveRule>("application/json").WithExample(Example);
        rules.MapPost("/{number:int}/on", (int number, StewardRules all, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
            SetAsync(number, RuleState.On, all, user, texts, ct)).Is("rules.on", Write).AddEndpointFilter<Idempotency>();
        rules.MapPost("/{number:int}/off", (int number, StewardRules all, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
            SetAsync(number, RuleState.Off, all, user, texts, ct)).Is("rules.off", Write).AddEndpointFilter<Idempotency>();
        rules.MapDelete("/{number:int}", (int number, StewardRules all, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
            SetAsync(number, RuleState.Deleted, all, user, texts, ct)).Is("rules.delete", Write);
        api.MapPost("/rules:try", TryAsync).WithTags("Rules").Is("rules.try", Read).Accepts<SaveRule>("application/json").WithExample(Example);
    }

    private static async Task<Ok<ApiPage<RuleView>>> ListAsync(StewardRules rules, CancellationToken ct) =>
        TypedResults.Ok(new ApiPage<RuleView>([.. (await rules.ListAsync(ct)).Select(line => RuleView.Of(line.Rule, line.Found))], null));

    private static async Task<Results<Ok<RuleView>, ProblemHttpResult>> GetAsync(
        int number, StewardRules rules, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var found = await rules.FindAsync(number, ct);
        return found.Succeeded ? TypedResults.Ok(RuleView.Of(found.Value[0], null)) : found.Error.ToProblem(texts);
    }

    private static async Task<Results<Created<RuleView>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, StewardRules rules, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SaveRule>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var made = await rules.CreateAsync(command!, user.Name, ct);
        return made.Succeeded ? TypedResults.Created($"/api/v1/rules/{made.Value.Number}", RuleView.Of(made.Value, null)) : made.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<RuleView>, ProblemHttpResult>> ChangeAsync(
        int number, HttpRequest request, StewardRules rules, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SaveRule>(texts, ct);
        return refusal ?? Answer(await rules.ChangeAsync(number, command!, user.Name, ct), texts);
    }

    private static async Task<Results<Ok<RuleView>, ProblemHttpResult>> SetAsync(
        int number, RuleState state, StewardRules rules, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        Answer(await rules.SetStateAsync(number, state, user.Name, ct), texts);

    private static async Task<Results<Ok<RulePreview>, ProblemHttpResult>> TryAsync(
        HttpRequest request, RulePreviews previews, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SaveRule>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var tried = await previews.TryAsync(command!, ct);
        return tried.Succeeded ? TypedResults.Ok(tried.Value) : tried.Error.ToProblem(texts);
    }

    private static Results<Ok<RuleView>, ProblemHttpResult> Answer(Result<StewardRule> result, IStringLocalizer<Texts> texts) =>
        result.Succeeded ? TypedResults.Ok(RuleView.Of(result.Value, null)) : result.Error.ToProblem(texts);

    /// <summary>A rule in force, and how many records do not meet it when that was counted.</summary>
    internal sealed record RuleView(
        int Number, int Version, string Name, RecordKind Kind, RuleClause? Condition, RuleClause Claim, RuleEffect Effect, string Message, RuleState State,
        string SetBy, DateTimeOffset SetAt, int? Found)
    {
        public static RuleView Of(StewardRule r, int? found) => new(
            r.Number, r.Version, r.Name, r.Kind, r.Condition, r.Claim, r.Effect, r.Message, r.State, r.SetBy, r.SetAt, found);
    }
}
