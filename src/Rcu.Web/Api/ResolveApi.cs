using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Cleaning;
using Rcu.Customers;
using Rcu.Ingestion.Pushing;
using Rcu.Matching;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Web.Api;

/// <summary>Questions about values that are not saved: who is it, and are they well written.</summary>
internal static class ResolveApi
{
    private const string Read = "accounts:read";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/resolve", ResolveAsync).WithTags("Resolve").Is("resolve", Read).Accepts<AskedRecord>("application/json")
            .AddEndpointFilter<Idempotency>()
            .WithExample("""{ "account": { "name": "Carrosserie Oeuvre Gale", "city": "Metz" } }""");
        api.MapPost("/validate", ValidateAsync).WithTags("Resolve").Is("validate", Read).Accepts<AskedRecord>("application/json")
            .AddEndpointFilter<Idempotency>()
            .WithExample("""{ "account": { "name": "vasseur sarl", "siret": "900 000 018 00012", "phone": "01.99.00.12.34" } }""");
    }

    private static async Task<Results<Ok<ResolvedView>, ProblemHttpResult>> ResolveAsync(
        HttpRequest request, Candidates candidates, AccountScope scope, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (fields, refusal) = await ReadAsync(request, user, texts, ct);
        if (fields is null)
        {
            return refusal!;
        }

        var kind = fields.RecordKind is RecordKind.Account ? ClusterKind.Account : ClusterKind.Contact;
        var found = await candidates.FindAsync(scope, kind, Raw(fields), ct);
        return TypedResults.Ok(new ResolvedView(kind, [.. found.Candidates.Select(CandidateView.Of)], found.Asked.Issues));
    }

    private static async Task<Results<Ok<CleanedRecord>, ProblemHttpResult>> ValidateAsync(
        HttpRequest request, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (fields, refusal) = await ReadAsync(request, user, texts, ct);
        return fields is null ? refusal! : TypedResults.Ok(RecordCleaner.Clean(fields.RecordKind, Raw(fields)));
    }

    private static async Task<(PushedFields? Fields, ProblemHttpResult? Refusal)> ReadAsync(
        HttpRequest request, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (asked, refusal) = await request.ReadAsync<AskedRecord>(texts, ct);
        if (asked is null)
        {
            return (null, refusal);
        }

        PushedFields? fields = asked switch
        {
            { Account: { } account, Contact: null } => account,
            { Account: null, Contact: { } contact } => contact,
            _ => null,
        };
        return fields switch
        {
            null => (null, ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "resolve.one")),
            ContactFields when !user.May("contacts:read") => (null, ApiProblem.Of(texts, StatusCodes.Status403Forbidden, "api_key.scope")),
            _ when fields.ToCanonical().Count == 0 => (null, ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "resolve.one")),
            _ => (fields, null),
        };
    }

    private static Dictionary<string, string?> Raw(PushedFields fields) => fields.ToCanonical().ToDictionary(f => f.Key, f => (string?)f.Value);

    /// <summary>A company or a person, one of the two.</summary>
    internal sealed record AskedRecord(AccountFields? Account, ContactFields? Contact);

    /// <summary>Those it may be, the most likely first, and what cleaning had to say of the values.</summary>
    internal sealed record ResolvedView(ClusterKind Kind, IReadOnlyList<CandidateView> Candidates, IReadOnlyList<Issue> Issues);

    /// <summary>A known account or contact, how likely it is, and why.</summary>
    /// <param name="Weight">In bits; never saturates, so it ranks.</param>
    /// <param name="Why">One French sentence.</param>
    internal sealed record CandidateView(
        Guid Id, string Name, string? Siren, string? Place, double Probability, double Weight, MatchBand Band, string Rule, string? Veto, string Why,
        IReadOnlyList<Evidence> Evidence, string Source, string Key)
    {
        public static CandidateView Of(FoundCandidate found) => new(
            found.Golden.Id, found.Golden.Name, found.Golden.Siren?.Value, found.Golden.Place, found.Explanation.Probability, found.Explanation.Total,
            MatchBands.Of(found.Explanation.Probability), found.Explanation.Rule, found.Explanation.Veto, found.Explanation.Sentence,
            found.Explanation.Evidence, found.Source, found.Key);
    }
}
