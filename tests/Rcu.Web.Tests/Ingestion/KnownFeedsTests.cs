using Microsoft.EntityFrameworkCore;
using Rcu.Ingestion;

namespace Rcu.Web.Tests.Ingestion;

public class KnownFeedsTests
{
    private const string Records = "select concat_ws('|', kind, external_key) as \"Value\" from records order by kind, external_key";

    [Fact]
    public async Task Declaring_them_again_changes_nothing_and_a_change_is_a_new_version()
    {
        await using var bench = await Workbench.CreateAsync();
        await using var db = bench.Db();
        var count = await db.Feeds.CountAsync();

        await KnownFeeds.DeclareAsync(db, TimeProvider.System, default);
        var again = await db.Feeds.CountAsync();
        await db.Database.ExecuteSqlAsync($"update feeds set file_pattern = 'old.csv' where name = 'crm_accounts'");
        await using var later = bench.Db();
        await KnownFeeds.DeclareAsync(later, TimeProvider.System, default);

        Assert.Equal(count, again);
        Assert.Equal(
            ["1|false|old.csv", "2|true|crm_accounts*.csv"],
            await later.Feeds.Where(f => f.Name == "crm_accounts").OrderBy(f => f.Version).Select(f => f.Version + "|" + f.Active + "|" + f.FilePattern).ToListAsync());
    }

    [Fact]
    public async Task Each_line_of_a_ledger_is_a_line_of_its_document()
    {
        await using var bench = await Workbench.CreateAsync();
        const string header = "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise\r\n";
        static string Line(string account, string debit, string credit) =>
            $"VE\tVENTES\t1\t20250101\t{account}\tX\t\t\tF1\t20250101\tFACTURE F1\t{debit}\t{credit}\t\t\t20250101\t\t\r\n";

        var lines = new[] { Line("411000", "120,00", "0,00"), Line("706000", "0,00", "40,00"), Line("706000", "0,00", "60,00"), Line("445710", "0,00", "20,00") };
        var import = await bench.ImportAsync("552032534FEC20251231.txt", header + string.Concat(lines));
        var again = await bench.ImportAsync("552032534FEC20251231.txt", header + string.Concat(lines.Reverse()));

        Assert.Equal((4, 0), (import["inserted"], import["superseded"]));
        Assert.Equal(4, again["unchanged"]);
        Assert.Equal(
            ["DocumentLine|VE|1|20250101|411000|", "DocumentLine|VE|1|20250101|445710|", "DocumentLine|VE|1|20250101|706000|", "DocumentLine|VE|1|20250101|706000|#2"],
            await bench.QueryAsync(Records));
    }

    [Fact]
    public async Task A_visit_is_an_interaction_and_a_visitor_who_says_who_they_are_a_contact()
    {
        await using var bench = await Workbench.CreateAsync();

        var import = await bench.ImportAsync(
            "web_events.ndjson",
            """
            {"type":"page","anonymousId":"v1","messageId":"m1","name":"/demo","timestamp":"2025-06-01T07:00:00Z"}
            {"type":"track","anonymousId":"v1","messageId":"m2","event":"Formulaire","timestamp":"2025-06-01T07:01:00Z"}
            {"type":"identify","anonymousId":"v1","messageId":"m3","traits":{"email":"a@b.example"},"timestamp":"2025-06-01T07:02:00Z"}
            {"type":"group","anonymousId":"v1","messageId":"m4"}

            """);

        Assert.Equal((4, 3, 1), (import["read"], import["inserted"], import["rejected"]));
        Assert.Equal(["Contact|v1", "Interaction|m1", "Interaction|m2"], await bench.QueryAsync(Records));
    }

    [Fact]
    public async Task An_electronic_invoice_is_a_buyer_a_person_a_document_and_its_lines()
    {
        await using var bench = await Workbench.CreateAsync();

        var import = await bench.ImportAsync(
            "facture.xml",
            """
            <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:cac" xmlns:cbc="urn:cbc">
              <cbc:ID>F1</cbc:ID><cbc:IssueDate>2026-09-03</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
              <cac:AccountingCustomerParty><cac:Party>
                <cac:PartyLegalEntity><cbc:RegistrationName>Acme</cbc:RegistrationName><cbc:CompanyID schemeID="0002">732829320</cbc:CompanyID></cac:PartyLegalEntity>
                <cac:Contact><cbc:Name>Anne Faure</cbc:Name><cbc:ElectronicMail>a@b.example</cbc:ElectronicMail></cac:Contact>
              </cac:Party></cac:AccountingCustomerParty>
              <cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount>10</cbc:TaxExclusiveAmount></cac:LegalMonetaryTotal>
              <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:LineExtensionAmount>4</cbc:LineExtensionAmount></cac:InvoiceLine>
              <cac:InvoiceLine><cbc:ID>2</cbc:ID><cbc:LineExtensionAmount>6</cbc:LineExtensionAmount></cac:InvoiceLine>
            </Invoice>
            """);

        Assert.Equal((5, 0), (import["inserted"], import["rejected"]));
        Assert.Equal(
            ["Account|732829320", "Contact|732829320|a@b.example|Anne Faure", "Document|F1|", "DocumentLine|F1|1|", "DocumentLine|F1|2|"],
            await bench.QueryAsync(Records));
    }
}
