using System.Globalization;

namespace Rcu.Activation;

/// <summary>
/// Stops a push that would take away or rewrite far more of a tool than a day brings, until a person types the number: an import
/// that went wrong must not empty a tool.
/// </summary>
internal static class MassGuard
{
    private const int FewRemovals = 10;
    private const int FewChanges = 100;

    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <returns>Why it stops; null when it may go on by itself.</returns>
    public static string? Stops(PlanWeight weight, int passes)
    {
        if (Math.Max(weight.Removals, weight.Changes) <= passes)
        {
            return null;
        }

        return weight.Removals > Math.Max(FewRemovals, weight.Held / 10)
                ? Say($"{weight.Removals:N0} fiches sur les {weight.Held:N0} que l’outil connaît seraient retirées, et {weight.Changes:N0} modifiées.")
            : weight.Changes > Math.Max(FewChanges, weight.Held / 2)
                ? Say($"{weight.Changes:N0} fiches sur les {weight.Held:N0} que l’outil connaît seraient modifiées.")
            : null;
    }

    /// <summary>The number a person types to let it go on: the greater of the two, which covers both.</summary>
    public static int Asked(int removals, int changes) => Math.Max(removals, changes);

    private static string Say(FormattableString what) => what.ToString(French) + " L’envoi attend qu’une personne le confirme.";
}
