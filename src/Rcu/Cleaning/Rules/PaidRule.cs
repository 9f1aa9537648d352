using Rcu.Cleaning.Formats;
using Rcu.Identifiers;

namespace Rcu.Cleaning.Rules;

/// <summary>Whether a paper is paid: a yes or a no, or a word of accountants (<c>soldée</c>, <c>en retard</c>).</summary>
internal sealed class PaidRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        if (draft.Read("paid") is not { } typed)
        {
            return;
        }

        var paid = FrenchBoolean.Read(typed) ?? typed.Folded() switch
        {
            "PAYE" or "PAYEE" or "PAID" or "REGLE" or "REGLEE" or "SOLDE" or "SOLDEE" or "ACQUITTEE" => (bool?)true,
            "IMPAYE" or "IMPAYEE" or "UNPAID" or "NON PAYEE" or "NON REGLEE" or "EN RETARD" or "A REGLER" or "EN ATTENTE" or "OVERDUE" => false,
            _ => null,
        };
        if (paid is { } answer)
        {
            draft.Set("paid", answer ? "true" : "false");
        }
        else
        {
            draft.Refuse("paid", "boolean.unreadable", typed, $"« {typed} » ne dit pas si la pièce est réglée.");
        }
    }
}
