namespace Rcu.Demo;

/// <summary>What the invented companies do: the word that names it, the one that follows a family name, its NAF code.</summary>
internal sealed record DemoTrade(string Label, string Suffix, string Naf);

/// <summary>The trades of the demonstration.</summary>
internal static class DemoTrades
{
    public static readonly DemoTrade Association = new("Association", "", "94.99Z");
    public static readonly DemoTrade RealEstate = new("SCI", "", "68.20B");
    public static readonly DemoTrade Farm = new("GAEC", "", "01.50Z");

    public static readonly IReadOnlyList<DemoTrade> All =
    [
        new("Menuiserie", "Bois", "43.32A"),
        new("Charpente", "Charpentes", "43.91A"),
        new("Couverture Zinguerie", "Toitures", "43.91B"),
        new("Plomberie Chauffage", "Thermique", "43.22A"),
        new("Électricité", "Électricité Générale", "43.21A"),
        new("Maçonnerie", "Bâtiment", "43.99C"),
        new("Peinture et Décoration", "Décors", "43.34Z"),
        new("Carrelage", "Sols", "43.33Z"),
        new("Travaux Publics", "Terrassement", "43.12A"),
        new("Métallerie Serrurerie", "Métal", "43.32B"),
        new("Chaudronnerie", "Industrie", "25.11Z"),
        new("Mécanique de Précision", "Usinage", "25.62B"),
        new("Décolletage", "Décolletage", "25.62A"),
        new("Fonderie", "Fonderies", "24.51Z"),
        new("Plasturgie", "Plastiques", "22.29A"),
        new("Scierie", "Sciages", "16.10A"),
        new("Ébénisterie", "Mobilier", "31.09B"),
        new("Imprimerie", "Impressions", "18.12Z"),
        new("Papeterie", "Papiers", "17.23Z"),
        new("Filature", "Textiles", "13.96Z"),
        new("Transports", "Logistique", "49.41A"),
        new("Déménagements", "Déménagement", "49.42Z"),
        new("Garage", "Automobiles", "45.20A"),
        new("Carrosserie", "Carrosserie", "45.20A"),
        new("Boulangerie", "Pains", "10.71C"),
        new("Boucherie", "Viandes", "47.22Z"),
        new("Fromagerie", "Fromages", "10.51C"),
        new("Brasserie Artisanale", "Bières", "11.05Z"),
        new("Restaurant", "Restauration", "56.10A"),
        new("Traiteur", "Réceptions", "56.21Z"),
        new("Hôtel", "Hôtels", "55.10Z"),
        new("Pharmacie", "Officine", "47.73Z"),
        new("Optique", "Opticiens", "47.78A"),
        new("Fleurs", "Horticulture", "47.76Z"),
        new("Ambulances", "Ambulances", "86.90A"),
        new("Clinique Vétérinaire", "Vétérinaires", "75.00Z"),
        new("Cabinet Comptable", "Expertise Comptable", "69.20Z"),
        new("Cabinet d’Architecture", "Architectes", "71.11Z"),
        new("Bureau d’Études", "Ingénierie", "71.12B"),
        new("Géomètres", "Topographie", "71.12A"),
        new("Conseil", "Consultants", "70.22Z"),
        new("Informatique", "Systèmes", "62.02A"),
        new("Logiciels", "Logiciels", "62.01Z"),
        new("Communication", "Communication", "73.11Z"),
        new("Nettoyage", "Propreté", "81.21Z"),
        new("Espaces Verts", "Paysages", "81.30Z"),
        new("Sécurité", "Sécurité Privée", "80.10Z"),
        new("Centre de Formation", "Formation", "85.59A"),
        new("Auto-École", "Conduite", "85.53Z"),
        new("Agence Immobilière", "Immobilier", "68.31Z"),
        new("Assurances", "Courtage", "66.22Z"),
        new("Domaine Viticole", "Vins", "01.21Z"),
        new("Maraîchage", "Primeurs", "01.13Z"),
        new("Matériaux", "Négoce", "46.73A"),
        new("Matériel Agricole", "Motoculture", "46.61Z"),
        new("Salon de Coiffure", "Coiffure", "96.02A"),
        new("Œnologie", "Œnologues", "74.90B"),
    ];
}
