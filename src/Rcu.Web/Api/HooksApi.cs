using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using Rcu.Ingestion.Connectors.Webhook;
using Rcu.Ingestion.Pulling;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>Where other programs post what happens with them. A signature opens this door, not a key.</summary>
internal static class HooksApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/hooks/{id:guid}", ReceiveAsync).WithTags("Connections").WithName("hooks.receive")
        .AllowAnonymous().Accepts<JsonElement>(MediaTypeNames.Application.Json, MediaTypeNames.Application.FormUrlEncoded, "*/*")
        .WithExample("""{ "id": "devis-8841", "email": "lea.moreau@vasseur.example", "company": { "name": "Vasseur", "siret": "40483304800022" } }""");

    private static async Task<Results<Accepted<HookReceipt>, ProblemHttpResult>> ReceiveAsync(
        Guid id, HttpRequest request, HookInbox inbox, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        if (Kind(request) is not { } kind)
        {
            return ApiProblem.Of(texts, StatusCodes.Status415UnsupportedMediaType, "request.not_json_nor_form");
        }

        if (await ApiBody.ReadBytesAsync(request, ct) is not { } body)
        {
            return ApiProblem.Of(texts, StatusCodes.Status413PayloadTooLarge, "request.too_large", null, ApiBody.MostBytes);
        }

        var proof = MessageProof.Of(name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null);
        var received = await inbox.ReceiveAsync(id, proof, kind, body, ct);
        return received.Succeeded ? TypedResults.Accepted((string?)null, received.Value)
            : received.Error == SourceErrors.BadSignature ? ApiProblem.Of(texts, StatusCodes.Status401Unauthorized, received.Error.Code)
            : received.Error.ToProblem(texts);
    }

    private static string? Kind(HttpRequest request) =>
        request.HasJsonContentType() ? MediaTypeNames.Application.Json
        : MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(MediaTypeNames.Application.FormUrlEncoded, StringComparison.OrdinalIgnoreCase)
            ? MediaTypeNames.Application.FormUrlEncoded
        : null;
}
