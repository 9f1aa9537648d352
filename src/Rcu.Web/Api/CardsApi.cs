using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>The cards of an account, that other programs show by a signed address which expires and can be revoked.</summary>
internal static class CardsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var cards = api.MapGroup("/accounts/{id:guid}/cards").WithTags("Accounts");
        cards.MapGet("/", ListAsync).Is("cards.list", "accounts:write");
        cards.MapPost("/", MakeAsync).Is("cards.make", "accounts:write").Accepts<CardBody>("application/json").AddEndpointFilter<Idempotency>()
            .WithExample("""{ "days": 30 }""");
        cards.MapDelete("/{card:guid}", RevokeAsync).Is("cards.revoke", "accounts:write");
    }

    private static async Task<Ok<ApiPage<CardView>>> ListAsync(Guid id, AccountCards cards, HttpRequest request, CancellationToken ct) =>
        TypedResults.Ok(new ApiPage<CardView>([.. (await cards.ListAsync(id, ct)).Select(c => CardView.Of(c, request))], null));

    private static async Task<Results<Created<CardView>, ProblemHttpResult>> MakeAsync(
        Guid id, HttpRequest request, AccountCards cards, AccountScope scope, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (body, refusal) = await request.ReadAsync<CardBody>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var made = await cards.MakeAsync(scope, id, body!.Days, user.Name, ct);
        return made.Succeeded
            ? TypedResults.Created($"/api/v1/accounts/{id}/cards/{made.Value.Id}", CardView.Of(made.Value, request))
            : made.Error.ToProblem(texts);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid id, Guid card, AccountCards cards, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var open = (await cards.ListAsync(id, ct)).Any(c => c.Id == card);
        var refusal = open ? (await cards.RevokeAsync(card, user.Name, ct)).Error : TaskErrors.NoCard;
        return refusal is null ? TypedResults.NoContent() : refusal.ToProblem(texts);
    }

    /// <summary>For how many days the card is open.</summary>
    internal sealed record CardBody(int Days);

    /// <summary>A card and the address that shows it.</summary>
    internal sealed record CardView(Guid Id, string? Url, string MadeBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? ReadAt)
    {
        public static CardView Of(CardLine card, HttpRequest request) => new(
            card.Id, card.Address is { } address ? $"{request.Scheme}://{request.Host}/carte/{address}" : null, card.MadeBy, card.CreatedAt, card.ExpiresAt, card.ReadAt);
    }
}
