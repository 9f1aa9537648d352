using Rcu.Reference.Register;

namespace Rcu.Insight;

/// <summary>A unit of the register that an account without a SIREN may be.</summary>
/// <param name="Score">From 0 to 100.</param>
/// <param name="Why">One French sentence.</param>
public sealed record SuggestedUnit(
    string Siren, string Siret, int Score, string Why, string? Name, string? Sign, string? Street, string? PostalCode, string? City, string? Naf,
    bool IsHeadOffice, bool IsClosed)
{
    internal static SuggestedUnit Of(RegisterCandidate candidate)
    {
        var unit = candidate.Unit;
        return new SuggestedUnit(
            unit.Siren, unit.Siret!, candidate.Score, candidate.Why, unit.Name ?? unit.UsualName, unit.Sign, unit.Street, unit.PostalCode, unit.City, unit.Naf,
            unit.IsHeadOffice, unit.IsClosed);
    }
}
