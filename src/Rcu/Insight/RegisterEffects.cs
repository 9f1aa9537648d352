using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Reference.Register;

namespace Rcu.Insight;

/// <summary>What accepting a proposal of the register would write, told before it is written.</summary>
public sealed class RegisterEffects(RcuDb db, RegisterLookUp register)
{
    /// <returns>Null when nothing can be written of it any more.</returns>
    public async Task<RegisterEffect?> OfAsync(RegisterProposal proposal, CancellationToken ct) => proposal.Kind switch
    {
        "ceased" => new RegisterEffect("close", Values(("closed_on", Iso(proposal.HappenedOn)), ("insee_state", "C")), null, [Show(proposal.HappenedOn)]),
        "closed" => await ClosePlaceAsync("close_place", proposal, ct),
        "moved" => await MoveAsync(proposal, ct),
        "succeeded" => await RelinkAsync(proposal, ct) ?? await ClosePlaceAsync("close_taken_over", proposal, ct),
        "activity" => new RegisterEffect("activity", Values(("naf", proposal.Successor)), null, [proposal.Successor ?? ""]),
        _ => null,
    };

    private async Task<RegisterEffect?> MoveAsync(RegisterProposal proposal, CancellationToken ct)
    {
        var found = await register.EstablishmentAsync(proposal.Successor ?? "", ct);
        if (found.Value is not { } place)
        {
            return null;
        }

        // Half an address is none: what Insee hides is left as it is known.
        var address = place is { PostalCode: not null, City: not null, Street: not null } && !place.IsPartial
            ? Values(("siret", place.Siret), ("street", place.Street), ("complement", place.Complement), ("postal_code", place.PostalCode), ("city", place.City))
            : Values(("siret", place.Siret));
        return new RegisterEffect(
            "move", address, null, [place.Siret!, address.Count > 1 ? $"{place.Street}, {place.PostalCode} {place.City}" : "—"]);
    }

    // The account follows its activity, unless it has other places or another account stands for who took over.
    private async Task<RegisterEffect?> RelinkAsync(RegisterProposal proposal, CancellationToken ct)
    {
        var found = await register.EstablishmentAsync(proposal.Successor ?? "", ct);
        if (found.Value is not { IsPartial: false } place
            || await db.Establishments.CountAsync(e => e.AccountId == proposal.AccountId && e.Siret != null && e.State != "F", ct) > 1)
        {
            return null;
        }

        var siren = Identifiers.Siren.Parse(place.Siren, null);
        return await db.Accounts.AnyAsync(a => a.Siren == siren, ct)
            ? null
            : new RegisterEffect("relink", Values(("siren", place.Siren), ("siret", place.Siret)), null, [place.Siren, place.Name ?? place.Siren]);
    }

    private async Task<RegisterEffect?> ClosePlaceAsync(string kind, RegisterProposal proposal, CancellationToken ct)
    {
        var place = await db.Establishments.AsNoTracking().FirstOrDefaultAsync(e => e.AccountId == proposal.AccountId && e.Siret == proposal.Siret, ct);
        if (place is null)
        {
            return null;
        }

        var about = await db.Records.Where(r => place.RecordIds.Contains(r.Id) && r.Kind == RecordKind.Account && r.RemovedAt == null)
            .OrderBy(r => db.Sources.Any(s => s.Id == r.SourceId && s.Name == Source.Sirene)).ThenBy(r => r.Id)
            .Where(r => !db.Sources.Any(s => s.Id == r.SourceId && s.Name == Source.Saisie))
            .Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct);
        return new RegisterEffect(
            kind,
            Values(("siret", proposal.Siret), ("establishment_state", "F"), ("establishment_closed_on", Iso(proposal.HappenedOn))),
            about,
            [proposal.Siret ?? "", Show(proposal.HappenedOn)]);
    }

    private static Dictionary<string, string> Values(params (string Field, string? Value)[] values) =>
        values.Where(one => one.Value is not null).ToDictionary(one => one.Field, one => one.Value!);

    private static string? Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Show(DateOnly? date) => date?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) ?? "—";
}

/// <summary>What accepting would write.</summary>
/// <param name="Kind"><c>close</c>, <c>close_place</c>, <c>close_taken_over</c>, <c>move</c>, <c>relink</c> or <c>activity</c>.</param>
/// <param name="Changes">The fields and their new values.</param>
/// <param name="About">The record of the place it is about, when it is not the account as a whole.</param>
/// <param name="Told">What the sentence a person reads names.</param>
public sealed record RegisterEffect(string Kind, IReadOnlyDictionary<string, string> Changes, Guid? About, IReadOnlyList<string> Told);
