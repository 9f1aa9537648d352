using System.Net.Mime;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using Rcu.Activation;
using Rcu.Activation.Returns;
using Rcu.Ingestion.Connectors.Webhook;
using Rcu.Ingestion.Pulling;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>Where tools tell who unsubscribed, whose address bounced, who complained. A signature opens this door, or the secret shown whole.</summary>
internal static class ReturnsApi
{
    private const string Bearer = "Bearer ";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/returns/{id:guid}", ReceiveAsync).WithTags("Destinations").WithName("returns.receive")
            .AllowAnonymous().Accepts<JsonElement>(MediaTypeNames.Application.Json, MediaTypeNames.Application.FormUrlEncoded, "*/*")
            .WithExample("""{ "event": "unsubscribed", "email": "lea.moreau@vasseur.example", "at": "2026-11-20T09:30:00Z" }""");
        api.MapPost("/destinations/{id:guid}/inbound-secret", RenewAsync).WithTags("Destinations").Is("destinations.inbound_secret", "activation:write");
    }

    private static async Task<Results<Accepted<ReturnReceipt>, ProblemHttpResult>> ReceiveAsync(
        Guid id, HttpRequest request, ReturnInbox inbox, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var kind = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType.ToString() : MediaTypeNames.Application.Json;
        if (await ApiBody.ReadBytesAsync(request, ct) is not { } body)
        {
            return ApiProblem.Of(texts, StatusCodes.Status413PayloadTooLarge, "request.too_large", null, ApiBody.MostBytes);
        }

        var proof = MessageProof.Of(name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null);
        var shown = request.Headers.Authorization.ToString();
        var bearer = shown.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? shown[Bearer.Length..].Trim() : null;
        var received = await inbox.ReceiveAsync(id, proof, bearer, kind.ToLowerInvariant(), body, ct);
        return received.Succeeded ? TypedResults.Accepted((string?)null, received.Value)
            : received.Error == SourceErrors.BadSignature ? ApiProblem.Of(texts, StatusCodes.Status401Unauthorized, received.Error.Code)
            : received.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<InboundSecret>, ProblemHttpResult>> RenewAsync(
        Guid id, PushActs acts, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var renewed = await acts.RenewInboundSecretAsync(id, user.Name, ct);
        return renewed.Succeeded ? TypedResults.Ok(new InboundSecret($"/api/v1/returns/{id}", renewed.Value)) : renewed.Error.ToProblem(texts);
    }

    /// <param name="Url">Where the tool posts.</param>
    /// <param name="Secret">What it signs with, or shows after « Bearer »: never shown again.</param>
    internal sealed record InboundSecret(string Url, string Secret);
}
