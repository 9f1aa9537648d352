using Rcu.Benchmarks.Generator;

namespace Rcu.Benchmarks.Pages;

/// <summary>The rows of what happened: interactions, papers and their lines, sales in the making. In the order of time.</summary>
internal sealed class FactRows(PageBase plan)
{
    public const string Interactions = "interactions (account_id, id, contact_id, kind, channel, direction, at, subject, text, campaign, details, source)";

    public const string Documents = "documents (account_id, id, contact_id, number, type, date, due_on, net, tax, gross, paid, source)";

    public const string Lines = "document_lines (account_id, document_id, id, place, label, quantity, net, source)";

    public const string Opportunities = "opportunities (account_id, id, contact_id, name, stage, stage_label, amount, close_on, source)";

    private static readonly (double Share, string Kind, string Channel, string Direction, string Source)[] Kinds =
    [
        (.36, "page_viewed", "web", "Inbound", "web"), (.20, "email_opened", "email", "Inbound", "marketing"), (.14, "email_sent", "email", "Outbound", "marketing"),
        (.08, "email_clicked", "email", "Inbound", "marketing"), (.08, "call", "phone", "Outbound", "crm"), (.04, "form_sent", "web", "Inbound", "web"),
        (.03, "meeting", "meeting", "Outbound", "crm"), (.03, "note", "hub", "Internal", "saisie"), (.02, "trade_show", "event", "Inbound", "salon"),
        (.01, "complaint", "phone", "Inbound", "crm"), (.01, "survey", "email", "Inbound", "marketing"),
    ];

    private static readonly string[] Subjects =
        ["Lettre d'information", "Nouveautés de la gamme", "Invitation au salon", "Tarifs de l'année", "Devis en attente", "Relance", "Entretien annuel", "Demande de rappel"];

    private static readonly string[] Sentences =
    [
        "Le client demande un délai de livraison plus court.", "Retard de livraison sur la dernière commande.", "Souhaite un devis pour trois sites.",
        "Satisfait du service après-vente.", "Le concurrent propose une remise de dix pour cent.", "Renouvellement du contrat prévu à la rentrée.",
        "Facture contestée, à revoir avec la comptabilité.", "Nouvelle direction des achats depuis mars.", "Budget gelé jusqu'à l'année prochaine.",
        "Veut rencontrer l'équipe technique.", "Panne signalée sur la machine installée.", "Prévoit d'ouvrir un entrepôt à Lyon.",
    ];

    private static readonly string[] Goods = ["Maintenance annuelle", "Pièces détachées", "Forfait installation", "Licence", "Formation", "Consommables", "Transport"];

    public void WriteInteraction(int n, CopyText rows)
    {
        var (dice, at) = (new Dice(PageBase.Seed, n, 61), PageBase.At(n, plan.Interactions));
        var contact = dice.Chance(.7) ? plan.PickContact(ref dice) : -1;
        var account = contact >= 0 ? plan.AccountOf(contact) : plan.PickAccount(ref dice);
        var (_, kind, channel, direction, source) = Drawn(ref dice);
        var isSaid = kind is "call" or "meeting" or "note" or "complaint" or "survey";
        rows.Id(plan.AccountId(account)).Id(PageBase.Id(BaseKind.Interaction, n, at)).Id(contact < 0 ? null : plan.ContactId(contact)).Text(kind).Text(channel)
            .Text(direction).At(at).Text(kind == "page_viewed" ? $"/produits/{dice.Below(400)}" : dice.Pick(Subjects))
            .Text(isSaid ? $"{dice.Pick(Sentences)} {dice.Pick(Sentences)}" : null).Text(channel is "email" ? $"Campagne {at:yyyy-MM}" : null)
            .Text(kind == "survey" ? $"{{\"score\":\"{dice.Between(0, 10)}\"}}" : "{}").Text(source).End();
    }

    public void WriteDocument(int n, CopyText rows)
    {
        var (dice, at) = (new Dice(PageBase.Seed, n, 62), PageBase.At(n, plan.Documents));
        var account = plan.PickAccount(ref dice, .55);
        var type = dice.Share() switch { < .6 => "Invoice", < .75 => "Quote", < .87 => "Order", < .95 => "Delivery", _ => "CreditNote" };
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        var net = NetOf(n);
        bool? paid = type == "Invoice" ? dice.Chance(day < DateOnly.FromDateTime(PageBase.End.UtcDateTime).AddDays(-60) ? .985 : .4) : null;
        rows.Id(plan.AccountId(account)).Id(PageBase.Id(BaseKind.Document, n, at)).Id(null).Text($"{type[..2].ToUpperInvariant()}-{at:yyyy}-{n:0000000}").Text(type)
            .Day(day).Day(type == "Invoice" ? day.AddDays(45) : null).Number(net).Number(net / 5).Number(net * 6 / 5).Flag(paid).Text("erp").End();
    }

    public void WriteLines(int n, CopyText rows)
    {
        var (dice, at) = (new Dice(PageBase.Seed, n, 62), PageBase.At(n, plan.Documents));
        var account = plan.AccountId(plan.PickAccount(ref dice, .55));
        for (var line = 0; line <= n % 2; line++)
        {
            rows.Id(account).Id(PageBase.Id(BaseKind.Document, n, at)).Id(PageBase.Id(BaseKind.Line, n * 2L + line, at)).Number(line + 1)
                .Text(Goods[(n + line) % Goods.Length]).Number(1 + n % 9).Number(Math.Round(NetOf(n) / (n % 2 + 1), 2)).Text("erp").End();
        }
    }

    public void WriteOpportunity(int n, CopyText rows)
    {
        var (dice, at) = (new Dice(PageBase.Seed, n, 63), PageBase.At(n, plan.Opportunities));
        var account = plan.PickAccount(ref dice);
        var (stage, label) = dice.Share() switch
        {
            < .35 => ("Won", "Gagnée"),
            < .65 => ("Lost", "Perdue"),
            < .8 => ("Proposal", "Proposition"),
            < .9 => ("Negotiation", "Négociation"),
            _ => ("Qualification", "Qualification"),
        };
        rows.Id(plan.AccountId(account)).Id(PageBase.Id(BaseKind.Opportunity, n, at)).Id(null).Text($"{dice.Pick(Goods)} {at:yyyy}").Text(stage).Text(label)
            .Number(dice.Between(5, 900) * 100).Day(DateOnly.FromDateTime(at.UtcDateTime).AddDays(60)).Text("crm").End();
    }

    private static decimal NetOf(int n)
    {
        var dice = new Dice(PageBase.Seed, n, 64);
        var share = dice.Share();
        return Math.Round(40 + (decimal)(share * share * share) * 12_000, 2);
    }

    private static (double Share, string Kind, string Channel, string Direction, string Source) Drawn(ref Dice dice)
    {
        var (share, kind) = (dice.Share(), 0);
        for (; kind < Kinds.Length - 1 && share >= Kinds[kind].Share; kind++)
        {
            share -= Kinds[kind].Share;
        }

        return Kinds[kind];
    }
}
