using System.Globalization;
using Rcu.Matching;

namespace Rcu.Reference.Register;

/// <summary>A unit of the register that what was asked about may be.</summary>
/// <param name="Score">From 0 to 100.</param>
/// <param name="Why">One French sentence.</param>
public sealed record RegisterCandidate(RegisterUnit Unit, int Score, string Why)
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    internal static RegisterCandidate Of(RegisterUnit unit, Explanation found) => new(
        unit, (int)Math.Round(100 * found.Probability), $"{found.Sentence.TrimEnd('.')}{About(unit)}.");

    private static string About(RegisterUnit unit) =>
        (unit.IsHeadOffice ? " ; siège" : " ; établissement")
        + (unit.State is "C" ? $" d’une entreprise cessée{Since(unit.StateSince)}"
            : unit.EstablishmentState is "F" ? $" fermé{Since(unit.EstablishmentSince)}"
            : " ouvert");

    private static string Since(DateOnly? date) => date is { } day ? string.Create(French, $" depuis le {day:d}") : "";
}
