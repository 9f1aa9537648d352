using System.Globalization;

namespace Rcu.Matching;

/// <summary>An explanation in one French sentence: what agrees, then what does not, then the chances.</summary>
internal static class FrenchSentence
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    private static readonly Dictionary<string, string> Phrases = new(StringComparer.Ordinal)
    {
        ["siren same"] = "même SIREN",
        ["siren near"] = "SIREN à une erreur près",
        ["siren other"] = "SIREN qui ne concordent pas",
        ["siren different"] = "deux SIREN différents",
        ["name same"] = "même nom{0}",
        ["name near"] = "nom presque identique{0}",
        ["name similar"] = "nom proche{0}",
        ["name acronym"] = "sigle de l’autre nom{0}",
        ["name partial"] = "nom en partie commun{0}",
        ["name numbered"] = "même nom à un numéro près{0}",
        ["name relative"] = "noms d’une société et de sa holding, ou de sa foncière{0}",
        ["name initial"] = "même nom à une initiale près{0}",
        ["name part"] = "nom incomplet mais concordant{0}",
        ["name other_given"] = "prénoms différents{1}",
        ["name other_family"] = "noms de famille différents{1}",
        ["name different"] = "noms différents{1}",
        ["place address"] = "même adresse",
        ["place street"] = "même rue",
        ["place near_street"] = "adresse presque identique",
        ["place postal_code"] = "même code postal",
        ["place town"] = "même commune",
        ["place other_street"] = "même commune, autre rue",
        ["place department"] = "même département seulement",
        ["place different"] = "lieux différents",
        ["phone same"] = "même téléphone",
        ["phone shared"] = "même standard téléphonique",
        ["phone near"] = "téléphone à un chiffre près",
        ["phone other_mobile"] = "mobiles différents",
        ["phone different"] = "téléphones différents",
        ["web mailbox"] = "même adresse e-mail",
        ["web domain"] = "même domaine internet",
        ["web named_domain"] = "même domaine internet, tiré du nom",
        ["web near"] = "domaine internet presque identique",
        ["web different"] = "domaines internet différents",
        ["mail same"] = "même adresse e-mail",
        ["mail near"] = "adresse e-mail presque identique",
        ["mail same_local"] = "même nom d’adresse e-mail sur un autre domaine",
        ["mail colleague"] = "deux adresses e-mail différentes dans la même entreprise",
        ["mail other_domain"] = "adresses e-mail différentes",
        ["mail personal"] = "adresses e-mail différentes, dont une personnelle",
        ["employer account"] = "même entreprise",
        ["employer domain"] = "même entreprise d’après le domaine",
        ["employer name"] = "même nom d’entreprise",
        ["employer near_name"] = "nom d’entreprise proche",
        ["employer different"] = "entreprises différentes",
        ["naf same"] = "même code NAF",
        ["naf near"] = "codes NAF proches",
        ["naf different"] = "codes NAF différents",
        ["country same"] = "même pays",
        ["country near"] = "pays presque identique",
        ["country different"] = "pays différents",
    };

    private static readonly Dictionary<string, string> Vetoed = new(StringComparer.Ordinal)
    {
        [Vetoes.Siren] = "refusé car deux SIREN valides différents",
        [Vetoes.Decision] = "refusé par une décision",
        [Vetoes.Source] = "refusé car la source est sans doublon",
        [Vetoes.Contradiction] = "à vérifier car un élément s’y oppose",
        [Vetoes.Bridge] = "à vérifier car les autres fiches du groupe ne concordent pas",
    };

    public static string Of(Explanation explanation)
    {
        var told = explanation.Evidence.Where(evidence => evidence.Level != "missing")
            .Select(evidence => (Text: PhraseOf(evidence), Bits: evidence.Weight + evidence.TermFrequencyPart))
            .OrderByDescending(part => Math.Abs(part.Bits)).ToList();
        var agree = string.Join(", ", told.Where(part => part.Bits >= 0).Select(part => part.Text));
        var differ = string.Join(", ", told.Where(part => part.Bits < 0).Select(part => part.Text));
        var said = (agree, differ) switch
        {
            ("", "") => "rien de comparable",
            (_, "") => agree,
            ("", _) => differ,
            _ => $"{agree}, mais {differ}",
        };
        var veto = explanation.Veto is { } code && Vetoed.TryGetValue(code, out var text) ? $", {text}" : "";
        return $"{char.ToUpper(said[0], French)}{said[1..]} : {Chances(explanation.Probability)} de chances{veto}.";
    }

    private static string PhraseOf(Evidence evidence)
    {
        var one = evidence.Left is null ? "" : $" (« {evidence.Left} »)";
        var both = $" (« {evidence.Left} » et « {evidence.Right} »)";
        return Phrases.TryGetValue($"{evidence.Field} {evidence.Level}", out var phrase)
            ? string.Format(French, phrase, evidence.Left == evidence.Right ? one : both, both)
            : evidence.Level switch
            {
                "same" => $"même valeur de « {evidence.Field} »",
                "near" or "same_year" => $"« {evidence.Field} » proche",
                _ => $"« {evidence.Field} » différent",
            };
    }

    private static string Chances(double probability) => probability switch
    {
        >= .995 => "plus de 99 %",
        < .005 => "moins de 1 %",
        _ => string.Create(French, $"{Math.Round(probability * 100)} %"),
    };
}
