using Rcu.Customers;
using static Rcu.Tests.Cleaning.CleaningTest;

namespace Rcu.Tests.Cleaning;

public class FactRulesTests
{
    [Theory]
    [InlineData("06/12/2024", "2024-12-06", null)]
    [InlineData("6/3/2024", "2024-03-06", null)]
    [InlineData("06.12.2024", "2024-12-06", null)]
    [InlineData("20241206", "2024-12-06", null)]
    [InlineData("06122024", "2024-12-06", null)]
    [InlineData("2024-12-06", "2024-12-06", null)]
    [InlineData("2024-12-31T23:30:00Z", "2025-01-01", null)]
    [InlineData("45944", "2025-10-14", "date.serial")]
    [InlineData("3 mars 2024", "2024-03-03", null)]
    [InlineData("12/31/2024", "2024-12-31", "date.us_order")]
    [InlineData("06/12/24", "2024-12-06", "date.short_year")]
    [InlineData("01/01/1900", null, "date.placeholder")]
    [InlineData("9999-12-31", null, "date.placeholder")]
    [InlineData("31/02/2024", null, "date.unreadable")]
    [InlineData("demain", null, "date.unreadable")]
    [InlineData("", null, null)]
    public void A_date_is_read_as_the_french_write_it(string typed, string? date, string? issue)
    {
        var clean = Clean(RecordKind.Document, ("date", typed));

        Assert.Equal((date, issue), (clean.Field("date"), clean.Codes()));
    }

    [Theory]
    [InlineData("18218,50", "18218.5", null, null)]
    [InlineData("1 234,56 €", "1234.56", "EUR", null)]
    [InlineData("1\u202f234,56\u00a0€", "1234.56", "EUR", null)]
    [InlineData("1\u00a0234,56", "1234.56", null, null)]
    [InlineData("1.234,56", "1234.56", null, null)]
    [InlineData("1,234.56", "1234.56", null, null)]
    [InlineData("1.234.567", "1234567", null, null)]
    [InlineData("64300", "64300", null, null)]
    [InlineData("-12,5", "-12.5", null, null)]
    [InlineData("(123,45)", "-123.45", null, null)]
    [InlineData("12,5 k€", "12500", "EUR", null)]
    [InlineData("$99.90", "99.9", "USD", null)]
    [InlineData("12,345", "12.345", null, "amount.ambiguous")]
    [InlineData("1.234", "1234", null, "amount.ambiguous")]
    [InlineData("0,125", "0.125", null, null)]
    [InlineData("gratuit", null, null, "amount.unreadable")]
    public void An_amount_is_read_as_the_french_write_it(string typed, string? amount, string? currency, string? issue)
    {
        var clean = Clean(RecordKind.Document, ("net", typed));

        Assert.Equal((amount, currency, issue), (clean.Field("net"), clean.Field("currency"), clean.Codes()));
    }

    [Theory]
    [InlineData("100", "20", "120", null)]
    [InlineData("100", "20", "120,04", null)]
    [InlineData("100", "20", "130", "document.totals")]
    public void Net_and_tax_make_the_gross(string net, string tax, string gross, string? issue) =>
        Assert.Equal(issue, Clean(RecordKind.Document, ("net", net), ("tax", tax), ("gross", gross)).Codes());

    [Theory]
    [InlineData("Facture", "invoice", null)]
    [InlineData("AVOIR", "credit_note", null)]
    [InlineData("Bon de commande", "order", null)]
    [InlineData("devis", "quote", null)]
    [InlineData("credit_note", "credit_note", null)]
    [InlineData("poème", null, "document.unknown_type")]
    public void A_paper_has_one_of_six_types(string typed, string? type, string? issue)
    {
        var clean = Clean(RecordKind.Document, ("type", typed));

        Assert.Equal((type, issue), (clean.Field("type"), clean.Codes()));
    }

    [Theory]
    [InlineData("O", "true", null)]
    [InlineData("N", "false", null)]
    [InlineData("soldée", "true", null)]
    [InlineData("en retard", "false", null)]
    [InlineData("bientôt", null, "boolean.unreadable")]
    public void A_paper_is_paid_or_not(string typed, string? paid, string? issue)
    {
        var clean = Clean(RecordKind.Document, ("paid", typed));

        Assert.Equal((paid, issue), (clean.Field("paid"), clean.Codes()));
    }

    [Theory]
    [InlineData("Gagnée", "won", null)]
    [InlineData("Closed Won", "won", null)]
    [InlineData("Perdue", "lost", null)]
    [InlineData("Closed Lost", "lost", null)]
    [InlineData("Proposition", "proposal", null)]
    [InlineData("Négociation", "negotiation", null)]
    [InlineData("Qualification", "qualification", null)]
    [InlineData("Étape 7", null, "stage.unknown")]
    public void A_sale_stands_at_a_known_stage(string typed, string? stage, string? issue)
    {
        var clean = Clean(RecordKind.Opportunity, ("stage", typed));

        Assert.Equal((stage, typed, issue), (clean.Field("stage"), clean.Field("stage_label"), clean.Codes()));
    }

    [Theory]
    [InlineData("opened", "email_opened", "email", "inbound", null)]
    [InlineData("hardBounce", "email_bounced_hard", "email", "outbound", null)]
    [InlineData("unsubscribed", "unsubscribed", "email", "inbound", null)]
    [InlineData("page", "page_viewed", "web", "inbound", null)]
    [InlineData("track", "form_sent", "web", "inbound", null)]
    [InlineData("Salon", "trade_show", "event", "inbound", null)]
    [InlineData("email_clicked", "email_clicked", "email", "inbound", null)]
    [InlineData("Demande de démo", "demande_de_demo", null, null, "interaction.unknown_kind")]
    public void What_happened_has_a_kind_a_channel_and_a_direction(string typed, string kind, string? channel, string? direction, string? issue)
    {
        var clean = Clean(RecordKind.Interaction, ("kind", typed), ("at", "2025-02-01T08:05:20Z"));

        Assert.Equal(
            (kind, channel, direction, "2025-02-01T08:05:20Z", issue),
            (clean.Field("kind"), clean.Field("channel"), clean.Field("direction"), clean.Field("at"), clean.Codes()));
    }
}
