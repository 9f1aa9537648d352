using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Ingestion.Leads;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>Where web forms, newsletters and automation tools hand over the people who answered them.</summary>
internal static class LeadsApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/leads", PushAsync).WithTags("Leads").Is("leads.push", "contacts:write")
        .Accepts<Lead>("application/json").AddEndpointFilter<Idempotency>()
        .WithExample("""{ "source": "web", "key": "devis-8841", "form": "Demande de devis", "at": "2026-11-02T09:30:00Z", "person": { "email": "lea.moreau@vasseur.example", "givenName": "Léa", "familyName": "Moreau" }, "company": { "name": "Vasseur", "postalCode": "57000" }, "consent": { "given": true, "text": "J’accepte de recevoir vos offres par e-mail." } }""");

    private static async Task<Results<Accepted<Received>, ProblemHttpResult>> PushAsync(
        HttpRequest request, LeadIntake intake, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (lead, refusal) = await request.ReadAsync<Lead>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var received = await intake.ReceiveAsync(lead!, user.Name, ct);
        return received.Succeeded ? TypedResults.Accepted((string?)null, received.Value) : received.Error.ToProblem(texts);
    }
}
