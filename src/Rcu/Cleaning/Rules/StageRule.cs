using Rcu.Identifiers;

namespace Rcu.Cleaning.Rules;

/// <summary>Where a sale stands, from the words each tool has for it; the source's own word is kept beside.</summary>
internal sealed class StageRule : ICleaningRule
{
    private static readonly (string Stage, string[] Words)[] Stages =
    [
        ("lost", ["PERDU", "LOST", "ABANDON", "REFUS", "SANS SUITE"]),
        ("won", ["GAGN", "WON", "SIGNE", "CONCLU", "COMMANDE"]),
        ("negotiation", ["NEGO", "CONTRACT"]),
        ("needs", ["BESOIN", "NEEDS", "ANALYSE", "DECOUVERTE", "DISCOVERY"]),
        ("proposal", ["PROPOS", "DEVIS", "OFFRE", "QUOTE"]),
        ("qualification", ["QUALIF", "PROSPECT", "LEAD", "NOUVE", "NEW", "CONTACT", "RDV", "OUVERT"]),
    ];

    public void Apply(Draft draft)
    {
        var label = draft.Read("stage") ?? draft.Read("stage_label");
        draft.Set("stage_label", label);
        if (label is null)
        {
            return;
        }

        var words = label.Folded();
        if (Array.Find(Stages, stage => Array.Exists(stage.Words, word => words.Contains(word, StringComparison.Ordinal))).Stage is { } stage)
        {
            draft.Set("stage", stage);
        }
        else
        {
            draft.Refuse("stage", "stage.unknown", label, $"L'étape « {label} » n'est pas connue.");
        }
    }
}
