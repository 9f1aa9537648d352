using System.Globalization;

namespace Rcu.Demo;

/// <summary>The books: the invoices again, as the tax office wants them (fichier des écritures comptables), one file a year.</summary>
internal sealed class LedgerSource(DemoWorld world, IReadOnlyList<DemoInvoice> invoices)
{
    private static readonly string[] Columns =
    [
        "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib", "PieceRef",
        "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise",
    ];

    /// <summary>The two last years that have been booked: in January, the year that begins has not.</summary>
    public static IReadOnlyList<int> Years(DateOnly today) => [today.AddDays(-31).Year - 1, today.AddDays(-31).Year];

    public static string FileName(int year) =>
        string.Create(CultureInfo.InvariantCulture, $"{DemoSirens.LedgerOwner}FEC{year}1231.txt");

    public async Task WriteAsync(string folder, CancellationToken ct)
    {
        foreach (var year in Years(world.Today))
        {
            var file = new DelimitedText('\t', "\r\n");
            file.Row(Columns);
            foreach (var invoice in invoices.Where(i => i.Day.Year == year).OrderBy(i => i.Day).ThenBy(i => i.Number, StringComparer.Ordinal))
            {
                AddEntry(file, invoice);
            }

            await file.WriteAsync(Path.Combine(folder, FileName(year)), DelimitedText.Latin9, ct);
        }
    }

    private static void AddEntry(DelimitedText file, DemoInvoice invoice)
    {
        var zero = ErpSource.Amount(0);
        // Latin-9 has œ and €, not the curved apostrophe.
        var customer = invoice.CustomerName.Replace('’', '\'');
        AddLine("411000", "CLIENTS", invoice.CustomerCode, customer, ErpSource.Amount(invoice.Total), zero);
        AddLine("706000", "PRESTATIONS DE SERVICES", "", "", zero, ErpSource.Amount(invoice.Net));
        AddLine("445710", "TVA COLLECTÉE", "", "", zero, ErpSource.Amount(invoice.Vat));

        void AddLine(string account, string label, string code, string name, string debit, string credit)
        {
            var day = invoice.Day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            file.Row(
                "VE", "VENTES", invoice.Number, day, account, label, code, name, invoice.Number, day, $"FACTURE {invoice.Number}", debit,
                credit, "", "", day, "", "");
        }
    }
}
