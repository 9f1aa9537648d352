using static Rcu.Segmentation.Condition;
using static Rcu.Segmentation.Operator;

namespace Rcu.Segmentation;

/// <summary>Segments French sales and marketing teams begin with.</summary>
/// <param name="Key">Stable: the page that makes one from it names it so.</param>
/// <param name="Name">The name the new segment gets; a person changes it at will.</param>
public sealed record SegmentTemplate(string Key, string Name, string Description, SegmentTarget Target, Condition Rule);

/// <summary>The templates the list of segments offers.</summary>
public static class SegmentTemplates
{
    public static readonly IReadOnlyList<SegmentTemplate> List =
    [
        Accounts("inactive_12m", "Clients inactifs 12 mois", "Déjà clients, plus rien commandé depuis un an.",
            new Compare("order_count", AtLeast, ["1"]), new Compare("last_order", NotInLastDays, ["365"])),
        Contacts("decision_makers_idf", "Décideurs joignables en Île-de-France", "Décideurs à qui l’on peut écrire, dans des comptes franciliens.",
            new Compare("account.region", Is, ["Île-de-France"]),
            new Related("roles", Quantifier.AtLeast, new Compare("function", Is, ["DecisionMaker"])),
            new Compare("email_reach", Is, ["Allowed"])),
        Accounts("declining", "Clients en baisse", "Le chiffre d’affaires recule d’une année sur l’autre.",
            new Compare("revenue_previous_12m", Above, ["0"]), new Compare("revenue_change", Below, ["0"])),
        Accounts("growing", "Clients en croissance", "Le chiffre d’affaires progresse d’une année sur l’autre.",
            new Compare("revenue_previous_12m", Above, ["0"]), new Compare("revenue_change", Above, ["0"])),
        Accounts("incomplete", "Comptes à compléter", "Sans SIREN, ou trop peu renseignés pour être utiles.",
            new Any([new Compare("siren_known", Is, ["false"]), new Compare("quality", Below, ["50"])])),
        Accounts("hot_prospects", "Prospects chauds", "Pas encore clients, mais actifs ces trente derniers jours.",
            new None([new Compare("order_count", AtLeast, ["1"])]),
            new Compare("last_interaction", InLastDays, ["30"]),
            new Compare("engagement", AtLeast, ["20"])),
        Accounts("overdue", "Factures en retard", "Au moins une facture échue n’est pas payée.", new Compare("overdue", Above, ["0"])),
        Accounts("top_customers", "Clients à plus de 50 k€", "Plus de 50 000 € facturés en douze mois.",
            new Compare("revenue_12m", Above, ["50000"])),
        Accounts("open_deals", "Affaires en cours", "Une opportunité est ouverte.", new Compare("open_opportunities", AtLeast, ["1"])),
        Accounts("without_contact", "Clients sans contact joignable", "On leur vend, mais on ne peut écrire à personne.",
            new Compare("order_count", AtLeast, ["1"]),
            new Related("contacts", Quantifier.No, new Compare("email_reach", Is, ["Allowed"]))),
        Contacts("finance_leads", "Directions financières", "DAF et responsables financiers à qui l’on peut écrire.",
            new Compare("department", Is, ["FINANCE"]),
            new Compare("level", OneOf, ["C_LEVEL", "MANAGER"]),
            new Compare("email_reach", Is, ["Allowed"])),
        Contacts("no_news_3y", "Bientôt 3 ans sans contact", "Aucun échange depuis presque trois ans : à relancer ou à effacer (RGPD).",
            new Related("interactions", Quantifier.No, new Compare("at", InLastDays, ["1000"]))),
    ];

    public static SegmentTemplate? Find(string? key) => List.FirstOrDefault(template => template.Key == key);

    private static SegmentTemplate Accounts(string key, string name, string description, params Condition[] rule) =>
        new(key, name, description, SegmentTarget.Accounts, new All(rule));

    private static SegmentTemplate Contacts(string key, string name, string description, params Condition[] rule) =>
        new(key, name, description, SegmentTarget.Contacts, new All(rule));
}
