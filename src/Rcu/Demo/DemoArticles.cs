namespace Rcu.Demo;

/// <summary>What the demonstration sells: articles of six ranges. Each trade buys three of them as a rule, and some customers leave one out.</summary>
internal sealed record DemoArticle(string Code, string Label, string Range)
{
    public static readonly IReadOnlyList<DemoArticle> All =
    [
        new("MNT-100", "Contrat de maintenance annuel", "Maintenance"), new("MNT-210", "Intervention sur site", "Maintenance"),
        new("FOR-020", "Formation des équipes, une journée", "Formation"), new("FOR-055", "Habilitation et recyclage", "Formation"),
        new("LOC-300", "Location de matériel, au mois", "Location"), new("LOC-340", "Location longue durée", "Location"),
        new("CON-410", "Consommables, carton de 24", "Consommables"), new("CON-450", "Pièces de rechange", "Consommables"),
        new("AUD-510", "Audit de sécurité", "Audit"), new("AUD-530", "Diagnostic énergétique", "Audit"),
        new("SUP-610", "Télésurveillance 24 h / 24", "Supervision"), new("SUP-640", "Abonnement au portail", "Supervision"),
    ];
}

/// <summary>Who buys what.</summary>
internal static class DemoArticles
{
    private static readonly IReadOnlyList<string> Ranges = [.. DemoArticle.All.Select(a => a.Range).Distinct()];

    public static DemoArticle Of(DemoCompany company, KeyedChoices choices, string at)
    {
        var usual = Enumerable.Range(0, 3).Select(i => choices.Pick(Ranges, $"usual {i}", company.Naf[..2])).Distinct().ToList();
        var left = choices.Chance(.3, "leaves one out", company.Key) && usual.Count > 1 ? choices.Pick(usual, "left out", company.Key) : null;
        var bought = usual.Where(range => range != left).ToList();
        var range = choices.Chance(.92, "as a rule", at) ? choices.Pick(bought, "range", at) : choices.Pick(Ranges.Where(r => r != left).ToList(), "by exception", at);
        return choices.Pick(DemoArticle.All.Where(a => a.Range == range).ToList(), "article", at);
    }
}
