namespace Rcu.Demo;

/// <summary>Invents the names of companies: family names, trades, places that every village has, brands and acronyms that nobody owns.</summary>
internal sealed class DemoNames(KeyedChoices choices, IReadOnlyList<string> surnames)
{
    private enum Pattern { TradeOfFamily, FamilyInTrade, Family, Brand, Place, Acronym, Association, RealEstate, Farm }

    private static readonly (Pattern, double)[] Patterns =
    [
        (Pattern.TradeOfFamily, 20), (Pattern.FamilyInTrade, 16), (Pattern.Family, 12), (Pattern.Brand, 22), (Pattern.Place, 14),
        (Pattern.Acronym, 8), (Pattern.Association, 4), (Pattern.RealEstate, 2), (Pattern.Farm, 2),
    ];

    // Family names that a well-known company also bears are kept for people.
    private static readonly string[] Borne =
        ["Renault", "Picard", "Leclerc", "Nicolas", "Paul", "Garnier", "Lacroix", "Legrand", "Roche", "Marie", "Paris", "Daniel", "Leroy"];

    private static readonly string[] KnownAcronyms = ["SNCF", "LVMH", "HSBC"];

    private static readonly string[] Lands =
        ["du Val", "du Mont", "du Clos", "du Pré", "du Bois", "du Pont", "du Champ", "de la Roche", "de l’Étang", "du Cœur", "des Sœurs"];

    private static readonly string[] Hamlets =
    [
        "Brézan", "Orvaud", "Mérival", "Sarlouve", "Tournebel", "Quincelle", "Varande", "Luzerolle", "Aigremore", "Cressanse",
        "Fontebray", "Gardevel", "Hautelune", "Isabrel", "Jarnouze", "Lanvaudel", "Morvelin", "Noirefage", "Pélandrel", "Rochebrêle",
    ];

    private static readonly string[] Starts =
    [
        "Alvi", "Ardo", "Belo", "Brio", "Calu", "Cori", "Delvo", "Domi", "Elio", "Farro", "Galvo", "Helu", "Iriso", "Jovi", "Kalo", "Lumi",
        "Mervo", "Naldi", "Orvi", "Pelo", "Quinto", "Rivo", "Solva", "Tavo", "Ulmi", "Vari", "Vesu", "Xelo", "Yvaro", "Zelti",
    ];

    private static readonly string[] Ends =
    [
        "bris", "casté", "dexia", "dorne", "fane", "gonde", "lande", "lyre", "mance", "nexis", "pole", "quelle", "rande", "stelle", "tergie",
        "thène", "valle", "vence", "xance", "zolle",
    ];

    private static readonly string[] Causes =
    [
        "Sports et Loisirs", "Culture pour Tous", "Entraide et Solidarité", "Patrimoine et Mémoire", "Jeunesse et Éducation Populaire",
        "Les Amis du Théâtre", "Aide à Domicile", "Chorale Chœur à Cœur", "Insertion par l’Activité", "Jardins Partagés",
    ];

    private readonly string[] families = [.. surnames.Except(Borne)];

    /// <summary>The name without its legal form, the form its kind imposes (if any), and the trade.</summary>
    public (string Name, string? Form, DemoTrade Trade) Invent(string key)
    {
        var trade = choices.Pick(DemoTrades.All, "trade", key);
        var place = $"{choices.Pick(Lands, "land", key)} {choices.Pick(Hamlets, "hamlet", key)}";
        return choices.Weighted(Patterns, "pattern", key) switch
        {
            Pattern.TradeOfFamily => ($"{trade.Label} {Family(key)}", null, trade),
            Pattern.FamilyInTrade => ($"{Family(key)} {trade.Suffix}", null, trade),
            Pattern.Family => (House(key), null, trade),
            Pattern.Brand => (Brand(key) + (choices.Chance(.45, "brand trade", key) ? $" {trade.Suffix}" : ""), null, trade),
            Pattern.Place => ($"{trade.Label} {place}", null, trade),
            Pattern.Acronym => ($"{Acronym(key)} {trade.Suffix}", null, trade),
            Pattern.Association => ($"{choices.Pick(Causes, "cause", key)} {place}", "Association", DemoTrades.Association),
            Pattern.RealEstate => ($"{Brand(key)} {place}", "SCI", DemoTrades.RealEstate),
            Pattern.Farm => ($"Ferme {place} {Family(key)}", "GAEC", DemoTrades.Farm),
            _ => throw new InvalidOperationException("A pattern of names without its words."),
        };
    }

    /// <summary>A brand made of syllables, for a company or for the sign over a shop.</summary>
    public string Brand(string key) => choices.Pick(Starts, "brand start", key) + choices.Pick(Ends, "brand end", key);

    private string House(string key)
    {
        var (first, second) = (Couple(key), choices.Pick(families, "third family", key));
        return choices.Pick(
            [$"{first} & {second}", $"Maison {first} et {second}", $"Établissements {first} Frères", $"Société {first}",
                $"Groupe {first} {second}", $"Compagnie {first} et Associés"],
            "house",
            key);
    }

    private string Acronym(string key)
    {
        var letters = string.Concat(Enumerable.Range(0, 4).Select(i => choices.Pick("BCDFGHJKLMNPRSTVWXZ".ToCharArray(), $"letter {i}", key)));
        return (KnownAcronyms.Contains(letters) ? "XKWZ" : letters) + choices.Weighted([("", 7.0), (" 2000", 1.0), (" +", 1.0)], "acronym end", key);
    }

    // A family alone would name a company that exists somewhere: two families together hardly ever do.
    private string Family(string key) => choices.Chance(.7, "double family", key)
        ? Couple(key)
        : choices.Pick(families, "family", key) + choices.Pick([" Frères", " & Filles", " Héritiers", " Cousins"], "kin", key);

    private string Couple(string key) => $"{choices.Pick(families, "family", key)}-{choices.Pick(families, "second family", key)}";
}
