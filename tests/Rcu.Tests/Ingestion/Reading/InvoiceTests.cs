using Rcu.Ingestion.Reading;

namespace Rcu.Tests.Ingestion.Reading;

public class InvoiceTests
{
    private const string French =
        """
        <rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
          <rsm:ExchangedDocument><ram:ID>F-2026-1</ram:ID><ram:TypeCode>381</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format="102">20260903</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
          <rsm:SupplyChainTradeTransaction>
            <ram:ApplicableHeaderTradeAgreement>
              <ram:SellerTradeParty><ram:Name>Vendeur</ram:Name><ram:SpecifiedLegalOrganization><ram:ID schemeID="0002">552032534</ram:ID></ram:SpecifiedLegalOrganization></ram:SellerTradeParty>
              <ram:BuyerTradeParty>
                <ram:GlobalID schemeID="0009">73282932000074</ram:GlobalID><ram:Name>L'Élysée &amp; Fils</ram:Name>
                <ram:SpecifiedLegalOrganization><ram:ID schemeID="0002">732829320</ram:ID></ram:SpecifiedLegalOrganization>
                <ram:DefinedTradeContact><ram:PersonName>Anne Faure</ram:PersonName><ram:EmailURIUniversalCommunication><ram:URIID>a@b.example</ram:URIID></ram:EmailURIUniversalCommunication></ram:DefinedTradeContact>
                <ram:PostalTradeAddress><ram:PostcodeCode>54000</ram:PostcodeCode><ram:LineOne>1 rue Haute</ram:LineOne><ram:CityName>Nancy</ram:CityName><ram:CountryID>FR</ram:CountryID></ram:PostalTradeAddress>
                <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">FR44732829320</ram:ID></ram:SpecifiedTaxRegistration>
              </ram:BuyerTradeParty>
            </ram:ApplicableHeaderTradeAgreement>
          </rsm:SupplyChainTradeTransaction>
        </rsm:CrossIndustryInvoice>
        """;

    [Theory]
    [InlineData("CII_example1.cii.xml")]
    [InlineData("ubl-tc434-example1.ubl.xml")]
    public async Task One_invoice_says_the_same_in_both_its_languages(string name)
    {
        var received = await FixtureAsync(name);

        var document = received.Kept.Single(row => row.Fields["record"] == "document").Fields;
        Assert.Equal(FileKind.Invoice, received.File.Format.Kind);
        Assert.Equal(
            ("12115118", "380", "2015-01-09", "EUR", "10202"),
            (document["number"], document["type"], document["date"], document["currency"], document["buyer_key"]));
        Assert.Equal((229.60m, 20.73m, 250.33m), (Amount(document["net"]), Amount(document["tax"]), Amount(document["gross"])));
        var buyer = received.Kept.Single(row => row.Fields["record"] == "buyer").Fields;
        Assert.Equal(("ODIN 59", "1960 AJ", "HEEMSKERK", "NL"), (buyer["name"], buyer["postal_code"], buyer["city"], buyer["country"]));
        Assert.Equal("Dhr. J BLOKKER", received.Kept.Single(row => row.Fields["record"] == "contact").Fields["contact"]);
        var lines = received.Kept.Where(row => row.Fields["record"] == "line").ToList();
        Assert.Equal(20, lines.Count);
        Assert.Equal(("PATAT FRITES 10MM 10KG", "2", 19.9m), (lines[0].Fields["label"], lines[0].Fields["quantity"], Amount(lines[0].Fields["net"])));
        Assert.All(lines, line => Assert.Equal("12115118", line.Fields["number"]));
        Assert.Equal(229.60m, lines.Sum(line => Amount(line.Fields["net"])));
    }

    [Fact]
    public async Task A_credit_note_and_the_numbers_of_a_french_company_are_read()
    {
        var note = (await FixtureAsync("ubl-tc434-creditnote1.ubl.xml")).Kept.Single(row => row.Fields["record"] == "document").Fields;
        var buyer = (await Received.FromAsync(French, "facture.xml")).Kept[0].Fields;

        Assert.Equal("381", note["type"]);
        Assert.Equal(
            ("73282932000074", "L'Élysée & Fils", "732829320", "FR44732829320", "Nancy"),
            (buyer["buyer_key"], buyer["name"], buyer["siren"], buyer["vat"], buyer["city"]));
    }

    [Fact]
    public async Task What_is_no_invoice_or_hides_something_is_refused()
    {
        Assert.Equal("file.unknown_xml", await Received.RefusalAsync("<?xml version=\"1.0\"?><Workbook><Row/></Workbook>"u8.ToArray(), "x.xml"));
        Assert.Equal(
            "file.entities",
            await Received.RefusalAsync("<!DOCTYPE Invoice [<!ENTITY a \"aaaa\">]><Invoice xmlns=\"urn:x\"><ID>&a;</ID></Invoice>"u8.ToArray(), "x.xml"));
        Assert.Equal("file.damaged", await Received.RefusalAsync("<Invoice><ID>1</Invoice>"u8.ToArray(), "x.xml"));
        Assert.Equal("file.damaged", await Received.RefusalAsync("<Invoice><IssueDate>2026-01-01</IssueDate></Invoice>"u8.ToArray(), "x.xml"));
        Assert.Equal(
            "file.too_large",
            await Received.RefusalAsync([.. "<Invoice>"u8, .. Enumerable.Repeat((byte)' ', 20_000_000)], "x.xml"));
    }

    private static Task<Received> FixtureAsync(string name) => Received.FromAsync(BinaryWorkbookTests.Fixture(Path.Combine("einvoice", name)), name);

    private static decimal Amount(string? text) => decimal.Parse(text!, System.Globalization.CultureInfo.InvariantCulture);
}
