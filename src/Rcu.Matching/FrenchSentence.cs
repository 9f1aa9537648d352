using System.Globalization;
using System.Text;

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
        ["job_title same"] = "même fonction",
        ["job_title near"] = "fonctions proches",
        ["job_title different"] = "fonctions différentes",
        ["civility same"] = "même civilité",
        ["civility near"] = "civilités proches",
        ["civility different"] = "civilités différentes",
        ["linkedin same"] = "même profil LinkedIn",
        ["linkedin near"] = "profils LinkedIn presque identiques",
        ["linkedin different"] = "profils LinkedIn différents",
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

    // By field, then level: a million sentences are made in one run.
    private static readonly Dictionary<(string Field, string Level), string> PhraseOf = Phrases.ToDictionary(
        phrase => (phrase.Key[..phrase.Key.IndexOf(' ')], phrase.Key[(phrase.Key.IndexOf(' ') + 1)..]), phrase => phrase.Value);

    public static string Of(Explanation explanation)
    {
        var told = new List<Evidence>(explanation.Evidence.Count);
        foreach (var evidence in explanation.Evidence)
        {
            if (evidence.Level != "missing")
            {
                told.Add(evidence);
            }
        }

        told.Sort(Heavier);
        var said = new StringBuilder(256);
        Append(said, told, agrees: true);
        var agree = said.Length;
        if (told.Exists(evidence => !Agrees(evidence)))
        {
            said.Append(agree > 0 ? ", mais " : "");
            Append(said, told, agrees: false);
        }

        said.Append(said.Length == 0 ? "rien de comparable" : "");
        said[0] = char.ToUpper(said[0], French);
        said.Append(" : ").Append(Chances(explanation.Probability)).Append(" de chances");
        if (explanation.Veto is { } code && Vetoed.TryGetValue(code, out var veto))
        {
            said.Append(", ").Append(veto);
        }

        return said.Append('.').ToString();
    }

    private static double Bits(Evidence evidence) => evidence.Weight + evidence.TermFrequencyPart;

    // What is the same never speaks against, even where it says next to nothing.
    private static bool Agrees(Evidence evidence) => Bits(evidence) >= 0 || evidence.Level == "same";

    // Those of one weight stand by name, whatever order they came in.
    private static int Heavier(Evidence one, Evidence other) =>
        Math.Abs(Bits(other)).CompareTo(Math.Abs(Bits(one))) is not 0 and var heavier ? heavier : string.CompareOrdinal(one.Field, other.Field);

    private static void Append(StringBuilder said, List<Evidence> told, bool agrees)
    {
        var isFirst = true;
        foreach (var evidence in told)
        {
            if (Agrees(evidence) == agrees)
            {
                said.Append(isFirst ? "" : ", ");
                isFirst = false;
                Append(said, evidence);
            }
        }
    }

    private static void Append(StringBuilder said, Evidence evidence)
    {
        if (!PhraseOf.TryGetValue((evidence.Field, evidence.Level), out var phrase))
        {
            _ = evidence.Level switch
            {
                "same" => said.Append("même valeur de « ").Append(evidence.Field).Append(" »"),
                "near" or "same_year" => said.Append("« ").Append(evidence.Field).Append(" » proche"),
                _ => said.Append("« ").Append(evidence.Field).Append(" » différent"),
            };
            return;
        }

        // {0}: the value, or the two when they differ; {1}: the two.
        var shown = phrase[^1] == '}' ? phrase[^2] : ' ';
        said.Append(phrase, 0, phrase.Length - (shown == ' ' ? 0 : 3));
        if (shown == '1' || (shown == '0' && evidence.Left != evidence.Right))
        {
            said.Append(" (« ").Append(evidence.Left).Append(" » et « ").Append(evidence.Right).Append(" »)");
        }
        else if (shown == '0' && evidence.Left is not null)
        {
            said.Append(" (« ").Append(evidence.Left).Append(" »)");
        }
    }

    private static string Chances(double probability) => probability switch
    {
        >= .995 => "plus de 99 %",
        < .005 => "moins de 1 %",
        _ => string.Create(French, $"{Math.Round(probability * 100)} %"),
    };
}
