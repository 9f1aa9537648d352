using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Insight.Computed;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;
using Rcu.Web.Pages.Analysis;

namespace Rcu.Web.Api;

/// <summary>The attributes computed without code: list, try, define, change, delete; and the values of one account.</summary>
internal static class ComputedApi
{
    private const string Read = "segments:read";
    private const string Write = "segments:write";

    private const string Example =
        """{ "label": "CA peinture 12 mois", "purpose": "Cibler les réassorts", "formula": { "level": "account", "measure": "sum", "over": "purchases", "field": "net", "days": 365, "filters": [ { "field": "range", "test": "is", "value": "Peinture" } ] } }""";

    public static void Map(RouteGroupBuilder api)
    {
        var computed = api.MapGroup("/computed-attributes").WithTags("Insight");
        computed.MapGet("/", ListAsync).Is("computed.list", Read);
        computed.MapGet("/{number:int}", GetAsync).Is("computed.get", Read);
        computed.MapPost("/", CreateAsync).Is("computed.create", Write).Accepts<SaveComputed>("application/json").AddEndpointFilter<Idempotency>().WithExample(Example);
        computed.MapPut("/{number:int}", ChangeAsync).Is("computed.change", Write).Accepts<SaveComputed>("application/json").WithExample(Example);
        computed.MapDelete("/{number:int}", DeleteAsync).Is("computed.delete", Write);
        api.MapPost("/computed-attributes:try", TryAsync).WithTags("Insight").Is("computed.try", Read).Accepts<SaveComputed>("application/json").WithExample(Example);
        api.MapGet("/accounts/{id:guid}/computed-attributes", OfAccountAsync).WithTags("Insight").Is("computed.of_account", "accounts:read");
        api.MapGet("/accounts/{id:guid}/establishments/computed-attributes", OfPlacesAsync).WithTags("Insight").Is("computed.of_establishments", "accounts:read");
    }

    private static async Task<Ok<ApiPage<ComputedView>>> ListAsync(ComputedAttributes attributes, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        TypedResults.Ok(new ApiPage<ComputedView>([.. (await attributes.ListAsync(ct)).Select(line => ComputedView.Of(line.Attribute, line.Run, texts))], null));

    private static async Task<Results<Ok<ComputedView>, ProblemHttpResult>> GetAsync(
        int number, ComputedAttributes attributes, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await attributes.FindAsync(number, ct) is { Succeeded: true } found
            ? TypedResults.Ok(ComputedView.Of(found.Value[0], null, texts))
            : ComputedErrors.NotFound.ToProblem(texts);

    private static async Task<Results<Created<ComputedView>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, ComputedAttributes attributes, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SaveComputed>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var made = await attributes.CreateAsync(command!, user.Name, ct);
        return made.Succeeded
            ? TypedResults.Created($"/api/v1/computed-attributes/{made.Value.Number}", ComputedView.Of(made.Value, null, texts))
            : made.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<ComputedView>, ProblemHttpResult>> ChangeAsync(
        int number, HttpRequest request, ComputedAttributes attributes, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SaveComputed>(texts, ct);
        return refusal ?? Answer(await attributes.ChangeAsync(number, command!, user.Name, ct), texts);
    }

    private static async Task<Results<Ok<ComputedView>, ProblemHttpResult>> DeleteAsync(
        int number, ComputedRemoval removal, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        Answer(await removal.DeleteAsync(number, user.Name, ct), texts);

    private static async Task<Results<Ok<ComputedPreview>, ProblemHttpResult>> TryAsync(
        HttpRequest request, ComputedAttributes attributes, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SaveComputed>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var tried = await attributes.TryAsync(command!, ct);
        return tried.Succeeded ? TypedResults.Ok(tried.Value) : tried.Error.ToProblem(texts);
    }

    private static async Task<Ok<ApiPage<ComputedFigureView>>> OfAccountAsync(
        Guid id, AccountScope scope, RcuDb db, ComputedAttributes attributes, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        TypedResults.Ok(Of(await scope.Accounts(db).AnyAsync(a => a.Id == id, ct) ? await attributes.OfAsync(SubjectKind.Account, id, ct) : [], texts));

    private static async Task<Ok<ApiPage<ComputedFigureView>>> OfPlacesAsync(
        Guid id, AccountScope scope, RcuDb db, ComputedAttributes attributes, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var places = await scope.Establishments(db).Where(e => e.AccountId == id).OrderBy(e => e.Id).Select(e => e.Id).ToListAsync(ct);
        var figures = await attributes.OfAsync(SubjectKind.Establishment, places, ct);
        return TypedResults.Ok(Of(places.SelectMany(place => figures[place]), texts));
    }

    private static ApiPage<ComputedFigureView> Of(IEnumerable<ComputedFigure> figures, IStringLocalizer<Texts> texts) => new(
        [
            .. figures.Select(f => new ComputedFigureView(
                f.Attribute.Number, f.Attribute.Name, f.Attribute.Label, texts.Sentence(f.Attribute.Formula), f.Value.Number, f.Value.Day, f.Value.Text,
                f.Value.Kind is SubjectKind.Establishment ? f.Value.SubjectId : null)),
        ],
        null);

    private static Results<Ok<ComputedView>, ProblemHttpResult> Answer(Result<ComputedAttribute> result, IStringLocalizer<Texts> texts) =>
        result.Succeeded ? TypedResults.Ok(ComputedView.Of(result.Value, null, texts)) : result.Error.ToProblem(texts);

    /// <summary>An attribute in force, its formula as data and as a sentence, and how its last computation went when that is listed.</summary>
    internal sealed record ComputedView(
        int Number, int Version, string Name, string Label, string Purpose, Formula Formula, string Sentence, string SetBy, DateTimeOffset SetAt,
        int? Filled, int? TookMs, string? Failure, DateTimeOffset? ComputedAt)
    {
        public static ComputedView Of(ComputedAttribute a, ComputedRun? run, IStringLocalizer<Texts> texts) => new(
            a.Number, a.Version, a.Name, a.Label, a.Purpose, a.Formula, texts.Sentence(a.Formula), a.SetBy, a.SetAt,
            run?.Filled, run?.TookMs, run?.Failure, run?.ComputedAt);
    }

    /// <summary>The value of an attribute.</summary>
    /// <param name="EstablishmentId">Of which establishment of the account; null when it is the account's own.</param>
    internal sealed record ComputedFigureView(int Number, string Name, string Label, string Sentence, decimal? Value, DateOnly? Day, string? Text, Guid? EstablishmentId);
}
