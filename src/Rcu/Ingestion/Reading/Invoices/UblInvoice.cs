using System.Xml.Linq;

namespace Rcu.Ingestion.Reading.Invoices;

/// <summary>An invoice or a credit note in UBL 2.1.</summary>
internal static class UblInvoice
{
    public static Invoice Of(XElement root)
    {
        var invoice = new Invoice(root);
        invoice.Document("number", root.Text("ID"));
        invoice.Document("type", root.Text("InvoiceTypeCode") ?? root.Text("CreditNoteTypeCode") ?? (root.Name.LocalName is "CreditNote" ? "381" : "380"));
        invoice.Document("date", root.Text("IssueDate"));
        invoice.Document("due_on", root.Text("DueDate") ?? root.Text("PaymentMeans/PaymentDueDate"));
        invoice.Document("currency", root.Text("DocumentCurrencyCode"));
        invoice.Document("order_reference", root.Text("OrderReference/ID"));
        invoice.Document("net", root.Text("LegalMonetaryTotal/TaxExclusiveAmount"));
        invoice.Document("tax", root.Text("TaxTotal/TaxAmount"));
        invoice.Document("gross", root.Text("LegalMonetaryTotal/TaxInclusiveAmount"));
        invoice.Document("due", root.Text("LegalMonetaryTotal/PayableAmount"));

        var seller = root.At("AccountingSupplierParty/Party");
        invoice.Document("seller_name", NameOf(seller));
        invoice.Document("seller_key", seller.Text("PartyLegalEntity/CompanyID") ?? VatOf(seller) ?? NameOf(seller));
        Buyer(invoice, root.At("AccountingCustomerParty/Party"));
        foreach (var line in root.All("InvoiceLine").Concat(root.All("CreditNoteLine")))
        {
            var quantity = line.At("InvoicedQuantity") ?? line.At("CreditedQuantity");
            invoice.Line(
                line,
                ("line", line.Text("ID")),
                ("label", line.Text("Item/Name") ?? line.Text("Item/Description")),
                ("item", line.Text("Item/SellersItemIdentification/ID")),
                ("item_class", line.Text("Item/CommodityClassification/ItemClassificationCode")),
                ("quantity", quantity?.Value),
                ("unit", quantity?.Attribute("unitCode")?.Value),
                ("price", line.Text("Price/PriceAmount")),
                ("net", line.Text("LineExtensionAmount")),
                ("vat_rate", line.Text("Item/ClassifiedTaxCategory/Percent")));
        }

        return invoice;
    }

    private static void Buyer(Invoice invoice, XElement? buyer)
    {
        invoice.BuyerAt(buyer);
        invoice.Buyer("name", NameOf(buyer));
        invoice.Buyer("siren", buyer.Text("PartyLegalEntity/CompanyID", "0002") ?? buyer.Text("PartyIdentification/ID", "0002"));
        invoice.Buyer("siret", buyer.Text("PartyIdentification/ID", "0009") ?? buyer.Text("PartyLegalEntity/CompanyID", "0009"));
        invoice.Buyer("vat", VatOf(buyer));
        invoice.Buyer("customer_code", buyer.All("PartyIdentification/ID").FirstOrDefault(id => id.Attribute("schemeID")?.Value is null)?.Value);
        invoice.Buyer("endpoint", buyer.Text("EndpointID"));
        invoice.Buyer("street", buyer.Text("PostalAddress/StreetName"));
        invoice.Buyer("complement", buyer.Text("PostalAddress/AdditionalStreetName"));
        invoice.Buyer("postal_code", buyer.Text("PostalAddress/PostalZone"));
        invoice.Buyer("city", buyer.Text("PostalAddress/CityName"));
        invoice.Buyer("country", buyer.Text("PostalAddress/Country/IdentificationCode"));
        invoice.Buyer("contact", buyer.Text("Contact/Name"));
        invoice.Buyer("phone", buyer.Text("Contact/Telephone"));
        invoice.Buyer("email", buyer.Text("Contact/ElectronicMail"));
    }

    private static string? NameOf(XElement? party) => party.Text("PartyLegalEntity/RegistrationName") ?? party.Text("PartyName/Name");

    private static string? VatOf(XElement? party) =>
        party.All("PartyTaxScheme").FirstOrDefault(scheme => scheme.Text("TaxScheme/ID") is "VAT").Text("CompanyID");
}
