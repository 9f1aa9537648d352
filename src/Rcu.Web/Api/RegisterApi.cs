using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Rcu.Data;
using Rcu.Insight;
using Rcu.Reference.Register;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>The French register the hub holds: one unit by its number, or those a name and a postal code may be.</summary>
internal static class RegisterApi
{
    private const string Read = "accounts:read";

    public static void Map(RouteGroupBuilder api)
    {
        var register = api.MapGroup("/register").WithTags("Register");
        register.MapGet("/units/{siren}", UnitAsync).Is("register.unit", Read);
        register.MapGet("/establishments/{siret}", EstablishmentAsync).Is("register.establishment", Read);
        register.MapGet("/candidates", CandidatesAsync).Is("register.candidates", Read);
        register.MapGet("/proposals", ProposalsAsync).Is("register.proposals", Read);
        api.MapGet("/accounts/{id:guid}/register", OfAccountAsync).WithTags("Register").Is("register.account", Read);
    }

    private static async Task<Results<Ok<RegisterView>, ProblemHttpResult>> UnitAsync(
        string siren, RegisterLookUp register, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        Answer(await register.UnitAsync(siren, ct), texts);

    private static async Task<Results<Ok<RegisterView>, ProblemHttpResult>> EstablishmentAsync(
        string siret, RegisterLookUp register, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        Answer(await register.EstablishmentAsync(siret, ct), texts);

    private static async Task<Results<Ok<RegisterCandidates>, ProblemHttpResult>> CandidatesAsync(
        string? name, string? postalCode, string? city, string? street, RegisterLookUp register, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var found = await register.CandidatesAsync(new RegisterQuestion(name ?? "", postalCode, city, street), ct);
        return found.Succeeded
            ? TypedResults.Ok(new RegisterCandidates([.. found.Value.Select(RegisterCandidateView.Of)]))
            : found.Error.ToProblem(texts);
    }

    private static async Task<Ok<ApiPage<RegisterProposal>>> ProposalsAsync(Guid? cursor, int? limit, RegisterProposals proposals, CancellationToken ct)
    {
        var size = ApiPage.Size(limit);
        return TypedResults.Ok(ApiPage.Of(await proposals.ListAsync(cursor, size + 1, ct), size, row => row, row => row.Id));
    }

    // An account that bears a SIREN answers with its unit; one that bears none, with those it may be.
    private static async Task<Results<Ok<RegisterCandidates>, ProblemHttpResult>> OfAccountAsync(
        Guid id, RcuDb db, AccountScope scope, RegisterLookUp register, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        if (await scope.Accounts(db).AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } account)
        {
            return UnificationErrors.AccountNotFound.ToProblem(texts);
        }

        if (account.Siren is { } siren)
        {
            var known = await register.UnitAsync(siren.Value, ct);
            return known.Succeeded
                ? TypedResults.Ok(new RegisterCandidates([new RegisterCandidateView(RegisterView.Of(known.Value), 100, texts["register.same_siren"])]))
                : known.Error.ToProblem(texts);
        }

        return await CandidatesAsync(account.Name, account.Address.PostalCode, account.Address.City, account.Address.Street, register, texts, ct);
    }

    private static Results<Ok<RegisterView>, ProblemHttpResult> Answer(Result<RegisterUnit> found, IStringLocalizer<Texts> texts) =>
        found.Succeeded ? TypedResults.Ok(RegisterView.Of(found.Value)) : found.Error.ToProblem(texts);

    /// <summary>A legal unit at one of its establishments.</summary>
    /// <param name="MayBeProspected">False when the unit asked Insee for partial diffusion: what is hidden is not shown, nobody writes to it.</param>
    /// <param name="State">Of the unit: A works, C ceased.</param>
    internal sealed record RegisterView(
        string Siren, string? Siret, bool MayBeProspected, string? Name, string? UsualName, string? Acronym, string? Sign, string? LegalForm,
        string? LegalCategory, string? Naf, string? Naf2025, string? HeadcountBand, string? HeadcountYear, string? SizeClass, DateOnly? FoundedOn,
        string? State, DateOnly? ClosedOn, bool IsHeadOffice, string? EstablishmentState, string? Complement, string? Street, string? PostalCode,
        string? City, string? CommuneCode, string? Country)
    {
        public static RegisterView Of(RegisterUnit unit) => new(
            unit.Siren, unit.Siret, !unit.IsPartial, unit.Name, unit.UsualName, unit.Acronym, unit.Sign, unit.LegalForm, unit.LegalCategory, unit.Naf,
            unit.Naf2025, unit.HeadcountBand, unit.HeadcountYear, unit.SizeClass, unit.FoundedOn, unit.State, unit.ClosedOn, unit.IsHeadOffice,
            unit.EstablishmentState, unit.Complement, unit.Street, unit.PostalCode, unit.City, unit.CommuneCode, unit.Country);
    }

    /// <summary>Those it may be, the likeliest first.</summary>
    internal sealed record RegisterCandidates(IReadOnlyList<RegisterCandidateView> Candidates);

    /// <summary>One of them.</summary>
    /// <param name="Score">From 0 to 100.</param>
    /// <param name="Why">One French sentence.</param>
    internal sealed record RegisterCandidateView(RegisterView Unit, int Score, string Why)
    {
        public static RegisterCandidateView Of(RegisterCandidate candidate) => new(RegisterView.Of(candidate.Unit), candidate.Score, candidate.Why);
    }
}
