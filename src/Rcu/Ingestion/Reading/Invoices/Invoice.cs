using System.Xml;
using System.Xml.Linq;

namespace Rcu.Ingestion.Reading.Invoices;

/// <summary>An electronic invoice, whichever way it is written: what the hub reads of it.</summary>
internal sealed class Invoice(XElement root)
{
    // What identifies a company best is its key here: the customer code is the seller's own, the name the last resort.
    private static readonly string[] Keys = ["siret", "siren", "vat", "customer_code", "name"];

    private readonly Dictionary<string, string> _document = [];
    private readonly Dictionary<string, string> _buyer = [];
    private readonly List<(long Line, Dictionary<string, string> Cells)> _lines = [];
    private long _buyerLine = 1;

    public string? Number => _document.GetValueOrDefault("number");

    public void Document(string column, string? value) => Put(_document, column, value);

    public void Buyer(string column, string? value) => Put(_buyer, column, value);

    public void BuyerAt(XElement? party) => _buyerLine = LineOf(party ?? root);

    public void Line(XElement at, params (string Column, string? Value)[] cells)
    {
        var line = new Dictionary<string, string>();
        foreach (var (column, value) in cells)
        {
            Put(line, column, value);
        }

        _lines.Add((LineOf(at), line));
    }

    /// <summary>The buyer, the person there, the invoice and its lines, each under the names of the columns.</summary>
    public IEnumerable<ReadRow> Rows()
    {
        var key = Keys.Select(column => _buyer.GetValueOrDefault(column)).FirstOrDefault(value => value is not null) ?? "";
        if (key.Length > 0)
        {
            yield return Row("buyer", _buyerLine, key, _buyer);
        }

        if (_buyer.ContainsKey("contact") || _buyer.ContainsKey("email"))
        {
            yield return Row("contact", _buyerLine, key, _buyer);
        }

        yield return Row("document", LineOf(root), key, _document);
        foreach (var (line, cells) in _lines)
        {
            cells["number"] = Number ?? "";
            cells["date"] = _document.GetValueOrDefault("date") ?? "";
            cells["seller_key"] = _document.GetValueOrDefault("seller_key") ?? "";
            yield return Row("line", line, key, cells);
        }
    }

    private static ReadRow.Kept Row(string record, long line, string key, Dictionary<string, string> cells)
    {
        var safe = InvoiceRows.Columns.Select(column => column switch
        {
            "record" => record,
            "buyer_key" => key,
            _ => cells.GetValueOrDefault(column) ?? "",
        });
        return new ReadRow.Kept(line, new RowFields(InvoiceRows.Columns, [.. safe.Select(text => SafeText.Of(text, out _))]), []);
    }

    private static void Put(Dictionary<string, string> cells, string column, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            cells.TryAdd(column, value.Trim());
        }
    }

    private static long LineOf(IXmlLineInfo at) => Math.Max(1, at.LineNumber);
}
