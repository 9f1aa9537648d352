using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Web.Tests.Support;

/// <summary>What happened with the sample's first account: interactions, papers with their lines, sales in the making.</summary>
internal sealed class SampleFacts(RcuDb db, DateTimeOffset now, Guid account, List<Contact> contacts)
{
    private static readonly (string Kind, string Channel, string Subject)[] Events =
    [
        ("call", "phone", "Point sur les factures en retard"), ("email_opened", "email", "Lettre d'octobre"), ("page_viewed", "web", "/tarifs"),
        ("note", "hub", "Souhaite un devis pour le site de Nancy"), ("trade_show", "event", "Salon de l'auto, stand B12"),
        ("complaint", "phone", "Livraison incomplète du 12"), ("survey", "email", "Enquête de satisfaction"), ("form_sent", "web", "Demande de contact"),
    ];

    public void Add()
    {
        for (var number = 0; number < 45; number++)
        {
            var (kind, channel, subject) = Events[number % Events.Length];
            db.Add(new Interaction
            {
                AccountId = account,
                Id = Guid.CreateVersion7(),
                ContactId = number % 4 == 3 ? null : contacts[number % 3].Id,
                Kind = kind,
                Channel = channel,
                Direction = channel is "web" or "email" ? Direction.Inbound : Direction.Outbound,
                At = now.AddDays(-4 - number * 5).AddHours(-number % 7),
                Subject = subject,
                Text = kind is "note" or "call" ? "Rappeler après la réunion de direction ; la commande dépend du budget de janvier." : null,
                Campaign = kind is "email_opened" ? "Lettre d'octobre" : null,
                Details = kind is "survey" ? new Dictionary<string, string> { ["score"] = "9" } : new Dictionary<string, string>(),
                Source = channel is "web" ? "web" : channel is "email" ? "marketing" : "crm",
            });
        }

        AddPapers();
        AddSales();
        db.Add(new FinancialYear { AccountId = account, Year = 2024, Turnover = 12_400_000, NetResult = 310_000, Source = "crm" });
    }

    private void AddPapers()
    {
        for (var number = 0; number < 20; number++)
        {
            var date = DateOnly.FromDateTime(now.AddDays(-26 - number * 33).UtcDateTime);
            var document = new Document
            {
                AccountId = account,
                Id = Guid.CreateVersion7(),
                ContactId = contacts[1].Id,
                Number = $"FA-2026-{number:0000}",
                Type = number % 10 == 9 ? DocumentType.CreditNote : number % 5 == 4 ? DocumentType.Quote : DocumentType.Invoice,
                Date = date,
                DueOn = date.AddDays(20),
                Net = 3_250.5m + number * 811,
                Tax = 650.1m,
                Gross = 3_900.6m + number * 811,
                Paid = number >= 3,
                Source = "erp",
            };
            db.Add(document);
            db.AddRange(
                new DocumentLine { AccountId = account, DocumentId = document.Id, Id = Guid.CreateVersion7(), Place = 1, Label = "Peinture", Quantity = 2, Net = 2_000, Source = "erp" },
                new DocumentLine { AccountId = account, DocumentId = document.Id, Id = Guid.CreateVersion7(), Place = 2, Label = "Vernis", Quantity = 1.5m, Net = 1_250.5m, Source = "erp" });
        }
    }

    private void AddSales()
    {
        foreach (var (name, stage, amount, days) in new[]
        {
            ("Cabine de peinture Nancy", OpportunityStage.Negotiation, 98_000m, 12), ("Contrat d'entretien", OpportunityStage.Proposal, 44_000m, -9),
            ("Pont élévateur", OpportunityStage.Won, 21_000m, -200),
        })
        {
            db.Add(new Opportunity
            {
                AccountId = account,
                Id = Guid.CreateVersion7(),
                ContactId = contacts[0].Id,
                Name = name,
                Stage = stage,
                StageLabel = stage.ToString(),
                Amount = amount,
                CloseOn = DateOnly.FromDateTime(now.AddDays(days).UtcDateTime),
                Source = "crm",
            });
        }
    }
}
