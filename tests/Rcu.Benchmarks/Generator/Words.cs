using Rcu.Reference;

namespace Rcu.Benchmarks.Generator;

/// <summary>What French company names, people and streets are made of.</summary>
internal static class Words
{
    public static readonly (string Name, string Naf, string Activity)[] Trades =
    [
        ("Transports", "49.41A", "Transports routiers de fret interurbains"), ("Menuiserie", "43.32A", "Travaux de menuiserie bois et PVC"),
        ("Boulangerie", "10.71C", "Boulangerie et boulangerie-pâtisserie"), ("Garage", "45.20A", "Entretien et réparation de véhicules automobiles légers"),
        ("Imprimerie", "18.12Z", "Autre imprimerie (labeur)"), ("Électricité", "43.21A", "Travaux d'installation électrique dans tous locaux"),
        ("Plomberie", "43.22A", "Travaux d'installation d'eau et de gaz en tous locaux"), ("Maçonnerie", "43.99C", "Travaux de maçonnerie générale"),
        ("Ambulances", "86.90A", "Ambulances"), ("Charpente", "43.91A", "Travaux de charpente"), ("Pharmacie", "47.73Z", "Commerce de détail de produits pharmaceutiques"),
        ("Restaurant", "56.10A", "Restauration traditionnelle"), ("Hôtel", "55.10Z", "Hôtels et hébergement similaire"), ("Cabinet", "69.10Z", "Activités juridiques"),
        ("Conseil", "70.22Z", "Conseil pour les affaires"), ("Informatique", "62.02A", "Conseil en systèmes informatiques"), ("Immobilière", "68.31Z", "Agences immobilières"),
        ("Constructions", "41.20A", "Construction de maisons individuelles"), ("Travaux Publics", "42.11Z", "Construction de routes et autoroutes"),
        ("Paysages", "81.30Z", "Services d'aménagement paysager"), ("Nettoyage", "81.21Z", "Nettoyage courant des bâtiments"), ("Sécurité", "80.10Z", "Activités de sécurité privée"),
        ("Coiffure", "96.02A", "Coiffure"), ("Optique", "47.78A", "Commerces de détail d'optique"), ("Carrosserie", "45.20A", "Entretien et réparation de véhicules automobiles légers"),
        ("Peinture", "43.34Z", "Travaux de peinture et vitrerie"), ("Couverture", "43.91B", "Travaux de couverture par éléments"), ("Chauffage", "43.22B", "Travaux d'installation d'équipements thermiques"),
        ("Mécanique", "25.62B", "Mécanique industrielle"), ("Fonderie", "24.51Z", "Fonderie de fonte"), ("Laiterie", "10.51A", "Fabrication de lait liquide et de produits frais"),
        ("Vignobles", "01.21Z", "Culture de la vigne"), ("Pépinières", "01.30Z", "Reproduction de plantes"), ("Éditions", "58.11Z", "Édition de livres"),
        ("Formation", "85.59A", "Formation continue d'adultes"), ("Distribution", "46.90Z", "Commerce de gros non spécialisé"), ("Logistique", "52.29B", "Affrètement et organisation des transports"),
        ("Assurances", "66.22Z", "Activités des agents et courtiers d'assurances"), ("Laboratoire", "86.90B", "Laboratoires d'analyses médicales"), ("Ateliers", "25.11Z", "Fabrication de structures métalliques"),
    ];

    public static readonly string[] Places =
    [
        "de la Gare", "du Marché", "de la Poste", "du Centre", "de la Mairie", "du Pont", "des Halles", "du Port", "de l'Église", "du Château",
        "de la République", "des Arts", "du Lac", "de la Fontaine", "du Parc", "de la Plage", "du Midi", "de l'Ouest", "des Alpes", "du Rhône",
        "de Bretagne", "de Provence", "d'Aquitaine", "de Lorraine", "du Nord", "des Vosges", "de la Vallée", "du Littoral", "de l'Atlantique", "du Val de Loire",
    ];

    public static readonly string[] SciNames =
    [
        "Les Tilleuls", "Du Moulin", "Les Acacias", "La Source", "Du Verger", "Les Peupliers", "De la Tour", "Le Clos", "Les Glycines", "La Chênaie",
        "Du Lavoir", "Les Iris", "Bel Air", "La Colline", "Les Oliviers", "Du Stade", "Le Phare", "Les Platanes", "Du Soleil", "La Prairie",
    ];

    public static readonly string[] Qualities =
        ["Industrielle", "Générale", "Nouvelle", "Moderne", "Française", "Européenne", "Régionale", "Centrale", "Mutuelle", "Auxiliaire", "Technique", "Agricole"];

    public static readonly string[] Purposes =
    [
        "Construction", "Rénovation", "Distribution", "Maintenance", "Gestion", "Location", "Fabrication", "Transformation", "Négoce", "Équipement",
        "Développement", "Exploitation", "Promotion", "Recherche", "Diffusion", "Restauration", "Valorisation", "Réparation",
    ];

    public static readonly string[] Franchises =
    [
        "Proxi Optique", "Novauto", "Bricolia", "Coiff & Style", "Pizza Napolino", "Immo Sud", "Dépan Express", "Sol et Carrelage", "Ambu Plus", "Fit Avenue",
        "Literie Confort", "Cuisines Belmont", "Vitro Parebrise", "Jardin Vert", "Audio Santé", "Agence Horizon", "Mobil Home Services", "La Mie Dorée", "Speed Pneus", "Clean Pressing",
    ];

    public static readonly string[] BrandStarts =
        ["Nov", "Tech", "Bio", "Eur", "Agr", "Elec", "Opti", "Sol", "Vit", "Med", "Del", "Alt", "Cap", "Dom", "Ener", "Form", "Geo", "Hel", "Lum", "Mak", "Nex", "Ora", "Pro", "Quar", "Syn", "Trans", "Uni", "Ver", "Xan", "Zen"];

    public static readonly string[] BrandMiddles =
        ["a", "i", "o", "ali", "eri", "ati", "ova", "ine", "isa", "ora", "umi", "eva", "ica", "ola", "ada", "eni", "ilo", "ura", "eto", "asi"];

    public static readonly string[] BrandEnds =
        ["lis", "tec", "plus", "flor", "med", "sys", "dis", "gaz", "bat", "tal", "nova", "ris", "mat", "con", "val", "pac", "sol", "dia", "cor", "lux", "pro", "net", "ges", "mar", "tis"];

    public static readonly (string Form, double Share, string Written)[] Forms =
    [
        ("SARL", .38, "Société à responsabilité limitée"), ("SAS", .27, "Société par actions simplifiée"), ("SASU", .12, "SAS unipersonnelle"),
        ("EURL", .10, "SARL unipersonnelle"), ("SA", .05, "Société anonyme"), ("SNC", .02, "Société en nom collectif"),
        ("SELARL", .02, "SELARL"), ("EARL", .02, "Exploitation agricole à responsabilité limitée"), ("SCP", .01, "Société civile professionnelle"), ("GIE", .01, "Groupement d'intérêt économique"),
    ];

    public static readonly (string Long, string Short, double Share)[] StreetTypes =
    [
        ("rue", "R", .52), ("avenue", "AV", .14), ("route", "RTE", .09), ("boulevard", "BD", .06), ("place", "PL", .06), ("chemin", "CHE", .05),
        ("impasse", "IMP", .03), ("allée", "ALL", .03), ("quai", "QU", .01), ("cours", "CRS", .01),
    ];

    public static readonly string[] Streets =
    [
        "de la République", "Victor Hugo", "Jean Jaurès", "des Tilleuls", "du Général de Gaulle", "du Maréchal Foch", "Pasteur", "de la Gare", "Gambetta", "de l'Église",
        "de Paris", "Saint-Martin", "des Écoles", "du Stade", "Jules Ferry", "de Verdun", "Émile Zola", "du Moulin", "de la Liberté", "Nationale", "des Lilas", "Voltaire",
        "du 8 Mai 1945", "du 11 Novembre", "Aristide Briand", "Anatole France", "du Château", "des Acacias", "Saint-Pierre", "Carnot", "du Docteur Roux", "de la Fontaine",
        "des Frères Lumière", "Léon Blum", "Pierre Curie", "du Président Wilson", "de la Libération", "Sainte-Anne", "du Commandant Charcot", "Albert Camus", "des Artisans", "de l'Industrie",
    ];

    public static readonly string[] Zones = ["ZA", "ZI", "ZAC", "Parc d'activités"];

    public static readonly string[] Complements = ["Bâtiment B", "Immeuble Le Galion", "2e étage", "Centre commercial", "Porte 4", "Résidence du Parc", "Hall 3", "Lot 12"];

    public static readonly string[] FreeDomains = ["gmail.com", "orange.fr", "wanadoo.fr", "hotmail.fr", "free.fr", "yahoo.fr", "laposte.net", "sfr.fr", "outlook.fr", "icloud.com"];

    public static readonly string[] Mailboxes = ["contact", "info", "accueil", "commercial", "compta", "direction", "secretariat"];

    public static readonly string[] Jobs =
    [
        "Gérant", "Directrice générale", "Responsable achats", "Comptable", "Assistante de direction", "Directeur commercial", "Chargée de clientèle", "Responsable logistique",
        "DAF", "DRH", "DSI", "Chef de projet", "Technico-commercial", "Responsable qualité", "Acheteur", "Responsable marketing", "Conducteur de travaux", "Responsable d'exploitation",
    ];

    public static readonly string[] Departments = ["Direction", "Achats", "Finance", "Commercial", "Technique", "Logistique", "Marketing", "RH"];

    public static readonly Dictionary<string, string> Diminutives = new[]
    {
        ("Alexandre", "Alex"), ("Alexandra", "Alex"), ("Benjamin", "Ben"), ("Catherine", "Cathy"), ("Christophe", "Chris"), ("Dominique", "Dom"),
        ("Élisabeth", "Babeth"), ("Frédéric", "Fred"), ("Frédérique", "Fred"), ("Gérard", "Gégé"), ("Grégory", "Greg"), ("Guillaume", "Guigui"),
        ("Jean-Pierre", "Jean-Pi"), ("Joséphine", "José"), ("Laurence", "Lau"), ("Maxime", "Max"), ("Michel", "Mich"), ("Nathalie", "Nath"),
        ("Nicolas", "Nico"), ("Patricia", "Pat"), ("Philippe", "Phil"), ("Sébastien", "Seb"), ("Stéphane", "Steph"), ("Stéphanie", "Steph"),
        ("Thomas", "Tom"), ("Valérie", "Val"), ("Véronique", "Véro"), ("Vincent", "Vince"), ("Xavier", "Xav"), ("Antoine", "Tony"),
        ("Mathieu", "Mat"), ("Samuel", "Sam"), ("Daniel", "Dan"), ("Emmanuel", "Manu"), ("Emmanuelle", "Manu"), ("Jacqueline", "Jackie"),
        ("Caroline", "Caro"),
    }.ToDictionary(name => name.Item1, name => name.Item2, StringComparer.Ordinal);

    private static readonly string[] FamilyStarts =
    [
        "Ber", "Bar", "Bon", "Bou", "Bri", "Cha", "Che", "Cor", "Cou", "Dau", "Del", "Des", "Du", "Fau", "Fer", "Fon", "Gar", "Gau", "Ger", "Gir", "Gou", "Gui", "Her", "Hu", "Jac",
        "Jou", "La", "Lan", "Lau", "Le", "Lem", "Mar", "Mau", "Mer", "Mon", "Mou", "Nor", "Pas", "Per", "Pou", "Qué", "Ra", "Ri", "Rou", "Sau", "Ser", "Tar", "Tho", "Tré", "Val", "Vig",
    ];

    private static readonly string[] FamilyMiddles = ["", "na", "la", "ra", "mi", "ti", "ve", "lo", "ne", "bo", "che", "ga", "vi", "den", "ber", "mon"];

    private static readonly string[] FamilyEnds =
    [
        "ard", "aud", "ault", "eau", "el", "elle", "er", "et", "ette", "ez", "ier", "ieu", "in", "ion", "it", "lier", "lin", "llon", "not", "oin", "on", "ot", "ou", "quet", "reau",
        "rel", "rier", "rin", "ron", "rot", "sier", "son", "tel", "tier", "ton", "vel", "vin", "zac",
    ];

    private static readonly string[] Women = Mixed(GivenNames.All.Where(name => name.Gender != "M").Select(name => name.Name));
    private static readonly string[] Men = Mixed(GivenNames.All.Where(name => name.Gender != "F").Select(name => name.Name));
    private static readonly string[] Families = Mixed(FamilyNames.All);

    public static string Family(ref Dice dice) => dice.Chance(.4)
        ? dice.PickEarly(Families)
        : dice.Pick(FamilyStarts) + dice.Pick(FamilyMiddles) + dice.Pick(FamilyEnds);

    public static string Given(ref Dice dice, bool woman) => dice.PickEarly(woman ? Women : Men);

    public static string Brand(ref Dice dice) => dice.Pick(BrandStarts) + dice.Pick(BrandMiddles) + dice.Pick(BrandEnds);

    // The lists are in alphabetical order: what comes first there is no more common than the rest.
    private static string[] Mixed(IEnumerable<string> names) => [.. names.Distinct()
        .OrderBy(name => name.Aggregate(17UL, (hash, letter) => Dice.Mixed(hash ^ letter)))];
}
