using Rcu.Customers;

namespace Rcu.Reference.Register;

/// <summary>What a judgement makes of a proceeding, read from the words of its notice.</summary>
internal static class Judgement
{
    /// <summary>Null for what changes nothing of it: a list of claims, a date corrected, a plan changed.</summary>
    /// <param name="nature">What the notice calls it, as « Jugement d'ouverture de liquidation judiciaire ».</param>
    /// <param name="detail">The judgement in a sentence, which says more when its name says little.</param>
    public static ProceedingKind? Of(string nature, string? detail) => Named(Words(nature)) ?? (detail is null ? null : Named(Words(detail)));

    private static ProceedingKind? Named(string words)
    {
        if (Has("cloture") || Has("mettant fin") || Has("fin de la procedure"))
        {
            return ProceedingKind.Ended;
        }

        var opens = Has("ouverture") || Has("ouvrant") || Has("prononc") || Has("conversion") || Has("convertissant") || Has("resolution");
        if (opens && Has("liquidation judiciaire"))
        {
            return ProceedingKind.Liquidation;
        }

        if (Has("arret") && !Has("modifi"))
        {
            return Has("plan de sauvegarde") ? ProceedingKind.SafeguardPlan : Has("plan de redressement") || Has("plan de continuation") ? ProceedingKind.RecoveryPlan : null;
        }

        return !opens ? null
            : Has("redressement judiciaire") ? ProceedingKind.Recovery
            : Has("sauvegarde") && !Has("plan de sauvegarde") ? ProceedingKind.Safeguard
            : null;

        bool Has(string part) => words.Contains(part, StringComparison.Ordinal);
    }

    private static string Words(string text) => SearchText.Fold(text);
}
