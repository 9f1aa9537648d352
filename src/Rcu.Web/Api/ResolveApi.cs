using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Cleaning;
using Rcu.Cleaning.Steward;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion.Pushing;
using Rcu.Matching;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Web.Api;

/// <summary>Questions about values that are not saved: who is it, and are they well written.</summary>
internal static class ResolveApi
{
    private const string Read = "accounts:read";
    private const int DefaultMost = 3;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/resolve", ResolveAsync).WithTags("Resolve").Is("resolve", Read).Accepts<AskedRecord>("application/json")
            .AddEndpointFilter<Idempotency>()
            .WithExample("""{ "account": { "name": "Carrosserie Oeuvre Gale", "city": "Metz" } }""");
        api.MapPost("/resolve:batch", ResolveManyAsync).WithTags("Resolve").Is("resolve.batch", Read).Accepts<AskedRecords>("application/json")
            .AddEndpointFilter<Idempotency>()
            .WithExample(
                """
                { "records": [{ "account": { "name": "Carrosserie Oeuvre Gale", "city": "Metz" } }, { "contact": { "email": "lea.moreau@vasseur.example" } }],
                  "most": 3 }
                """);
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

        var kind = KindOf(fields);
        var found = await candidates.FindAsync(scope, kind, Raw(fields), ct);
        return TypedResults.Ok(new ResolvedView(kind, [.. found.Candidates.Select(CandidateView.Of)], found.Asked.Issues));
    }

    private static async Task<Results<Ok<ResolvedMany>, ProblemHttpResult>> ResolveManyAsync(
        HttpRequest request, Candidates candidates, AccountScope scope, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (asked, refusal) = await request.ReadAsync<AskedRecords>(texts, ct);
        if (asked is null)
        {
            return refusal!;
        }

        if (asked.Records is not { Count: > 0 and <= Candidates.MostAtOnce } records || asked.Most is < 1 or > Candidates.Most)
        {
            return ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "resolve.batch", null, Candidates.MostAtOnce, Candidates.Most);
        }

        var read = records.Select(record => FieldsOf(record, user)).ToList();
        var known = read.Where(r => r.Fields is not null).Select(r => (KindOf(r.Fields!), (IReadOnlyDictionary<string, string?>)Raw(r.Fields!), (Guid?)null)).ToList();
        var found = new Queue<FoundCandidates>(await candidates.FindAsync(scope, known, ct));
        return TypedResults.Ok(new ResolvedMany(
        [
            .. read.Select((r, place) => r.Fields is null
                ? new ResolvedItem(place, null, [], [], r.Code, texts[r.Code!])
                : ResolvedItem.Of(place, KindOf(r.Fields), found.Dequeue(), asked.Most ?? DefaultMost, asked.Explain ?? false)),
        ]));
    }

    private static async Task<Results<Ok<CleanedRecord>, ProblemHttpResult>> ValidateAsync(
        HttpRequest request, RcuDb db, TimeProvider clock, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (fields, refusal) = await ReadAsync(request, user, texts, ct);
        return fields is null ? refusal!
            : TypedResults.Ok((await RuleSet.LoadAsync(db, clock, ct)).On(fields.RecordKind, RecordCleaner.Clean(fields.RecordKind, Raw(fields))));
    }

    private static async Task<(PushedFields? Fields, ProblemHttpResult? Refusal)> ReadAsync(
        HttpRequest request, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (asked, refusal) = await request.ReadAsync<AskedRecord>(texts, ct);
        if (asked is null)
        {
            return (null, refusal);
        }

        var (fields, code) = FieldsOf(asked, user);
        return code is null
            ? (fields, null)
            : (null, ApiProblem.Of(texts, code is "api_key.scope" ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest, code));
    }

    // What is asked about, or the code of what is wrong with it.
    private static (PushedFields? Fields, string? Code) FieldsOf(AskedRecord? asked, ClaimsPrincipal user)
    {
        PushedFields? fields = asked switch
        {
            { Account: { } account, Contact: null } => account,
            { Account: null, Contact: { } contact } => contact,
            _ => null,
        };
        return fields switch
        {
            null => (null, "resolve.one"),
            ContactFields when !user.May("contacts:read") => (null, "api_key.scope"),
            _ when fields.ToCanonical().Count == 0 => (null, "resolve.one"),
            _ => (fields, null),
        };
    }

    private static ClusterKind KindOf(PushedFields fields) => fields.RecordKind is RecordKind.Account ? ClusterKind.Account : ClusterKind.Contact;

    private static Dictionary<string, string?> Raw(PushedFields fields) => fields.ToCanonical().ToDictionary(f => f.Key, f => (string?)f.Value);

    /// <summary>A company or a person, one of the two.</summary>
    internal sealed record AskedRecord(AccountFields? Account, ContactFields? Contact);

    /// <summary>Many companies or persons, asked about at once.</summary>
    /// <param name="Most">How many candidates each may have, from 1 to 10; 3 when it is not said.</param>
    /// <param name="Explain">Whether the answers bear every comparison; the sentence is always there.</param>
    internal sealed record AskedRecords(IReadOnlyList<AskedRecord?>? Records, int? Most = null, bool? Explain = null);

    /// <summary>One answer for each record asked about, in the same order.</summary>
    internal sealed record ResolvedMany(IReadOnlyList<ResolvedItem> Results);

    /// <summary>Those one record may be, or what is wrong with it: the others are answered all the same.</summary>
    internal sealed record ResolvedItem(
        int Index, ClusterKind? Kind, IReadOnlyList<CandidateView> Candidates, IReadOnlyList<Issue> Issues, string? Code, string? Detail)
    {
        public static ResolvedItem Of(int index, ClusterKind kind, FoundCandidates found, int most, bool explain) => new(
            index,
            kind,
            [.. found.Candidates.Take(most).Select(CandidateView.Of).Select(candidate => explain ? candidate : candidate with { Evidence = [] })],
            found.Asked.Issues,
            null,
            null);
    }

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
