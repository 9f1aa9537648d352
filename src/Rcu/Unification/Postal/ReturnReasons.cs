using Rcu.Identifiers;

namespace Rcu.Unification.Postal;

/// <summary>Why a letter came back, in the words of the post and of mailing houses.</summary>
internal static class ReturnReasons
{
    /// <summary>The sentence, and whether the address is to blame: a letter that was refused or not fetched says that it is good.</summary>
    public static (string Reason, bool IsAddress) Of(string? code) => (code ?? "").Folded() switch
    {
        "" or "NPAI" or "PND" or "N P A I" => ("N'habite pas à l'adresse indiquée.", true),
        "D" or "DI" or "INCONNU" or "DESTINATAIRE INCONNU" or "DESTINATAIRE INCONNU A L ADRESSE" => ("Destinataire inconnu à l'adresse.", true),
        "A" or "P" or "ADRESSE" or "DEFAUT D ADRESSAGE" or "DEFAUT D ACCES OU D ADRESSAGE" or "ADRESSE INCOMPLETE" => ("Défaut d'accès ou d'adressage.", true),
        "PARTI" or "PSA" or "PARTI SANS ADRESSE" or "PARTI SANS LAISSER D ADRESSE" => ("Parti sans laisser d'adresse.", true),
        "DCD" or "DECEDE" => ("Destinataire décédé.", true),
        "R" or "REFUSE" or "PLI REFUSE" or "PLI REFUSE PAR LE DESTINATAIRE" => ("Pli refusé : l'adresse est bonne.", false),
        "N" or "NR" or "NON RECLAME" or "PLI NON RECLAME" or "PLI AVISE ET NON RECLAME" => ("Pli non réclamé : l'adresse est bonne.", false),
        _ => ($"Revenu avec le motif « {code} ».", true),
    };
}
