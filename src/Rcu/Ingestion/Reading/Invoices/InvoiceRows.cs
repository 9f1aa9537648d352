using System.Xml;
using System.Xml.Linq;

namespace Rcu.Ingestion.Reading.Invoices;

/// <summary>
/// Reads an electronic invoice, UBL or CII, into rows: its buyer, the person to speak to there, the invoice itself and
/// each of its lines. The column « record » says which a row is.
/// </summary>
internal static class InvoiceRows
{
    /// <summary>An invoice of ten thousand lines is half of that.</summary>
    public const int LongestInvoice = 20_000_000;

    public static readonly IReadOnlyList<string> Columns =
    [
        "record", "buyer_key", "number", "line", "type", "date", "due_on", "net", "tax", "gross", "due", "currency", "order_reference",
        "seller_key", "seller_name", "name", "siren", "siret", "vat", "customer_code", "endpoint", "street", "complement", "postal_code", "city",
        "country", "contact", "phone", "email", "label", "item", "item_class", "quantity", "unit", "price", "vat_rate",
    ];

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = LongestInvoice,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>The rows, or why the invoice is refused.</summary>
    public static Result<List<ReadRow>> Read(Stream file)
    {
        try
        {
            using var reader = XmlReader.Create(file, Settings);
            var root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
            var invoice = root.Name.LocalName is "CrossIndustryInvoice" ? CiiInvoice.Of(root) : UblInvoice.Of(root);
            return invoice.Number is null ? ReadingErrors.Damaged("la facture n'a pas de numéro") : invoice.Rows().ToList();
        }
        catch (XmlException broken)
        {
            return broken.Message.Contains("DTD", StringComparison.Ordinal) ? ReadingErrors.Entities : ReadingErrors.Damaged(broken.Message);
        }
    }
}
