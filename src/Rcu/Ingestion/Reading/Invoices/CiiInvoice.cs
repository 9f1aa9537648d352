using System.Xml.Linq;

namespace Rcu.Ingestion.Reading.Invoices;

/// <summary>An invoice in UN/CEFACT CII D16B, which is also what a Factur-X file carries.</summary>
internal static class CiiInvoice
{
    public static Invoice Of(XElement root)
    {
        var invoice = new Invoice(root);
        var document = root.At("ExchangedDocument");
        var trade = root.At("SupplyChainTradeTransaction");
        var agreement = trade.At("ApplicableHeaderTradeAgreement");
        var settlement = trade.At("ApplicableHeaderTradeSettlement");
        var currency = settlement.Text("InvoiceCurrencyCode");
        var totals = settlement.At("SpecifiedTradeSettlementHeaderMonetarySummation");
        invoice.Document("number", document.Text("ID"));
        invoice.Document("type", document.Text("TypeCode"));
        invoice.Document("date", Date(document.Text("IssueDateTime/DateTimeString")));
        invoice.Document("due_on", Date(settlement.Text("SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString")));
        invoice.Document("currency", currency);
        invoice.Document("order_reference", agreement.Text("BuyerOrderReferencedDocument/IssuerAssignedID"));
        invoice.Document("net", totals.Text("TaxBasisTotalAmount"));
        invoice.Document("tax", totals.All("TaxTotalAmount").FirstOrDefault(tax => tax.Attribute("currencyID")?.Value is null || tax.Attribute("currencyID")?.Value == currency)?.Value);
        invoice.Document("gross", totals.Text("GrandTotalAmount"));
        invoice.Document("due", totals.Text("DuePayableAmount"));

        var seller = agreement.At("SellerTradeParty");
        invoice.Document("seller_name", seller.Text("Name"));
        invoice.Document("seller_key", seller.Text("SpecifiedLegalOrganization/ID") ?? VatOf(seller) ?? seller.Text("Name"));
        Buyer(invoice, agreement.At("BuyerTradeParty"));
        foreach (var line in trade.All("IncludedSupplyChainTradeLineItem"))
        {
            var quantity = line.At("SpecifiedLineTradeDelivery/BilledQuantity");
            invoice.Line(
                line,
                ("line", line.Text("AssociatedDocumentLineDocument/LineID")),
                ("label", line.Text("SpecifiedTradeProduct/Name")),
                ("item", line.Text("SpecifiedTradeProduct/SellerAssignedID")),
                ("item_class", line.Text("SpecifiedTradeProduct/DesignatedProductClassification/ClassName")),
                ("quantity", quantity?.Value),
                ("unit", quantity?.Attribute("unitCode")?.Value),
                ("price", line.Text("SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount")),
                ("net", line.Text("SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount")),
                ("vat_rate", line.Text("SpecifiedLineTradeSettlement/ApplicableTradeTax/RateApplicablePercent")));
        }

        return invoice;
    }

    private static void Buyer(Invoice invoice, XElement? buyer)
    {
        invoice.BuyerAt(buyer);
        invoice.Buyer("name", buyer.Text("Name"));
        invoice.Buyer("siren", buyer.Text("SpecifiedLegalOrganization/ID", "0002"));
        invoice.Buyer("siret", buyer.Text("GlobalID", "0009") ?? buyer.Text("SpecifiedLegalOrganization/ID", "0009"));
        invoice.Buyer("vat", VatOf(buyer));
        invoice.Buyer("customer_code", buyer.Text("ID"));
        invoice.Buyer("endpoint", buyer.Text("URIUniversalCommunication/URIID"));
        invoice.Buyer("street", buyer.Text("PostalTradeAddress/LineOne"));
        invoice.Buyer("complement", buyer.Text("PostalTradeAddress/LineTwo"));
        invoice.Buyer("postal_code", buyer.Text("PostalTradeAddress/PostcodeCode"));
        invoice.Buyer("city", buyer.Text("PostalTradeAddress/CityName"));
        invoice.Buyer("country", buyer.Text("PostalTradeAddress/CountryID"));
        invoice.Buyer("contact", buyer.Text("DefinedTradeContact/PersonName"));
        invoice.Buyer("phone", buyer.Text("DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber"));
        invoice.Buyer("email", buyer.Text("DefinedTradeContact/EmailURIUniversalCommunication/URIID"));
    }

    private static string? VatOf(XElement? party) => party.Text("SpecifiedTaxRegistration/ID", "VA");

    // « 102 » dates have no marks between their numbers.
    private static string? Date(string? text) =>
        text is { Length: 8 } && text.All(char.IsAsciiDigit) ? $"{text[..4]}-{text[4..6]}-{text[6..]}" : text;
}
