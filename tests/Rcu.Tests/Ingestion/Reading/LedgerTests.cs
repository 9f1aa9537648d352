using Rcu.Ingestion.Reading;

namespace Rcu.Tests.Ingestion.Reading;

public class LedgerTests
{
    private const string Name = "552032534FEC20251231.txt";
    private const string Start = "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|EcritureLib";
    private const string Line = "VE|VENTES|1|20250101|411000|CLIENTS|C1|LA POSTE|F1|20250101|FACTURE";

    [Theory]
    [InlineData("|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise", "|12,00|0,00|||20250101||")]
    [InlineData("|Montant|Sens|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise", "|12,00|D|||20250101||")]
    [InlineData("|Debit|Credit|EcrtureLet|DateLet|ValidDate|MontantDevise|CodeDevise", "|12,00|0,00|||01/01/2025||")]
    [InlineData("|DEBIT|CREDIT|ECRITURELET|DATELET|VALIDDATE", "|000000000012,00|0|||20250101")]
    [InlineData("|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise|DateRglt|ModeRglt|NatOp|IdClient", "|12.00|0.00|||20250101|||20250102|CB|V|C1")]
    public async Task The_ways_ledgers_write_a_fec_are_read_under_the_official_names(string columns, string cells)
    {
        foreach (var separator in new[] { "|", "\t", ";" })
        {
            var text = $"{Start}{columns}\r\n{Line}{cells}\r\n".Replace("|", separator, StringComparison.Ordinal);

            var received = await Received.FromAsync(text, Name, "iso-8859-15");

            Assert.Equal(FileKind.Fec, received.File.Format.Kind);
            Assert.Empty(received.Rejected);
            Assert.Empty(received.File.Format.Doubts.Select(doubt => doubt.Code));
            Assert.Contains("EcritureLet", received.File.Columns);
            Assert.Equal("C1", received.Kept[0].Fields["CompAuxNum"]);
        }
    }

    [Fact]
    public async Task A_name_and_columns_that_are_not_those_of_the_law_are_told()
    {
        var received = await Received.FromAsync($"{Start}|Debit\n{Line}|12\n", "552032535FEC20251231.txt");

        Assert.Equal(
            [("doubt.ledger_name", "552032535FEC20251231.txt"), ("doubt.ledger_columns", "Credit, EcritureLet, DateLet, ValidDate")],
            received.File.Format.Doubts.Select(doubt => (doubt.Code, doubt.Detail)));
    }
}
