using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Insight.Boards;
using Rcu.Segmentation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>The personas with what their members have in common, and the paths of accounts from stage to stage.</summary>
internal static class PersonasApi
{
    private const string Read = "segments:read";
    private const string Write = "segments:write";

    private const string Example =
        """{ "name": "Patron de garage", "portrait": "Seul à décider, pressé, achète au comptoir.", "needs": "Un prix clair et un délai tenu.", "segmentId": "01990000-0000-7000-8000-000000000001" }""";

    public static void Map(RouteGroupBuilder api)
    {
        var personas = api.MapGroup("/personas").WithTags("Insight");
        personas.MapGet("/", ListAsync).Is("personas.list", Read);
        personas.MapPost("/", CreateAsync).Is("personas.create", Write).Accepts<SavePersona>("application/json").AddEndpointFilter<Idempotency>().WithExample(Example);
        personas.MapPut("/{id:guid}", ChangeAsync).Is("personas.change", Write).Accepts<SavePersona>("application/json").WithExample(Example);
        personas.MapDelete("/{id:guid}", DeleteAsync).Is("personas.delete", Write);
        api.MapGet("/journeys", JourneyAsync).WithTags("Insight").Is("journeys.get", Read);
    }

    private static async Task<Ok<ApiPage<PersonaSheet>>> ListAsync(Personas personas, CancellationToken ct) =>
        TypedResults.Ok(new ApiPage<PersonaSheet>(await personas.ListAsync(ct), null));

    private static async Task<Results<Created<Persona>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, Personas personas, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SavePersona>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var made = await personas.CreateAsync(command!, user.Name, ct);
        return made.Succeeded ? TypedResults.Created("/api/v1/personas", made.Value) : made.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<Persona>, ProblemHttpResult>> ChangeAsync(
        Guid id, HttpRequest request, Personas personas, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (command, refusal) = await request.ReadAsync<SavePersona>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var changed = await personas.ChangeAsync(id, command!, user.Name, ct);
        return changed.Succeeded ? TypedResults.Ok(changed.Value) : changed.Error.ToProblem(texts);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, Personas personas, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await personas.DeleteAsync(id, user.Name, ct) is { Succeeded: false } refused ? refused.Error.ToProblem(texts) : TypedResults.NoContent();

    private static async Task<Ok<JourneyMatrix>> JourneyAsync(DateOnly? from, DateOnly? to, Journeys journeys, TimeProvider clock, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return TypedResults.Ok(await journeys.ReadAsync(new FigureAsked(from ?? today.AddYears(-1), to ?? today), ct));
    }
}
