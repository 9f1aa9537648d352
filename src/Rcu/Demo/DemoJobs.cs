namespace Rcu.Demo;

/// <summary>A job title for a man and for a woman, its department, and how often it is met.</summary>
internal sealed record DemoJob(string Man, string Woman, string Department, double Weight);

/// <summary>The jobs of the demonstration's people: who decides, who pays, who prescribes and who uses can be read in them.</summary>
internal static class DemoJobs
{
    public static readonly IReadOnlyList<(DemoJob Job, double Weight)> All =
    [
        .. new DemoJob[]
        {
            new("Gérant", "Gérante", "DIRECTION_GENERALE", 10),
            new("Président-directeur général", "Présidente-directrice générale", "DIRECTION_GENERALE", 6),
            new("Directeur administratif et financier", "Directrice administrative et financière", "FINANCE", 5),
            new("Responsable comptable", "Responsable comptable", "FINANCE", 7),
            new("Comptable", "Comptable", "FINANCE", 9),
            new("Responsable achats", "Responsable achats", "ACHATS", 7),
            new("Acheteur", "Acheteuse", "ACHATS", 8),
            new("Directeur commercial", "Directrice commerciale", "COMMERCIAL", 5),
            new("Ingénieur d'affaires", "Ingénieure d'affaires", "COMMERCIAL", 6),
            new("Attaché commercial", "Attachée commerciale", "COMMERCIAL", 6),
            new("Responsable marketing", "Responsable marketing", "MARKETING", 5),
            new("Chargé de communication", "Chargée de communication", "MARKETING", 5),
            new("Directeur des ressources humaines", "Directrice des ressources humaines", "RH", 4),
            new("Assistant RH", "Assistante RH", "RH", 4),
            new("Directeur des systèmes d'information", "Directrice des systèmes d'information", "IT", 4),
            new("Développeur", "Développeuse", "IT", 4),
            new("Responsable de production", "Responsable de production", "PRODUCTION", 5),
            new("Chef d'atelier", "Cheffe d'atelier", "PRODUCTION", 4),
            new("Responsable qualité", "Responsable qualité", "PRODUCTION", 4),
            new("Assistant de direction", "Assistante de direction", "ADMINISTRATION", 7),
            new("Secrétaire", "Secrétaire", "ADMINISTRATION", 5),
            new("Technicien de maintenance", "Technicienne de maintenance", "PRODUCTION", 4),
        }.Select(job => (job, job.Weight)),
    ];

    /// <summary>The people a company that every source knows has for certain: decider, payer, buyer, prescriber, user.</summary>
    public static readonly IReadOnlyList<string> Circle =
    [
        "Président-directeur général", "Directeur administratif et financier", "Responsable achats",
        "Directeur des systèmes d'information", "Chef d'atelier", "Comptable",
    ];

    public static readonly IReadOnlyDictionary<string, string> Acronyms = new Dictionary<string, string>
    {
        ["Président-directeur général"] = "PDG",
        ["Présidente-directrice générale"] = "PDG",
        ["Directeur administratif et financier"] = "DAF",
        ["Directrice administrative et financière"] = "DAF",
        ["Directeur des ressources humaines"] = "DRH",
        ["Directrice des ressources humaines"] = "DRH",
        ["Directeur des systèmes d'information"] = "DSI",
        ["Directrice des systèmes d'information"] = "DSI",
    };
}
