using System.Text;
using Rcu.Ingestion.Reading;

namespace Rcu.Tests.Ingestion.Reading;

public class FormatDetectorTests
{
    [Theory]
    [InlineData("utf-8", "utf-8")]
    [InlineData("windows-1252", "windows-1252")]
    [InlineData("utf-16", "utf-16")]
    [InlineData("utf-16BE", "utf-16BE")]
    public async Task Accents_come_back_whole_from_each_character_set(string written, string recognised)
    {
        var received = await Received.FromAsync("Société;Ville\nCafé de l'Élysée;Bézier\n", encoding: written);

        Assert.Equal(recognised, received.File.Format.Encoding);
        Assert.Equal(["Société", "Ville"], received.File.Columns);
        Assert.Equal("Café de l'Élysée", received.Kept[0].Fields["Société"]);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_first_name()
    {
        var received = await Received.FromAsync([0xEF, 0xBB, 0xBF, .. "Account ID,Name\n1,É\n"u8], "crm.csv");

        Assert.Equal("Account ID", received.File.Columns[0]);
    }

    [Fact]
    public async Task An_euro_or_a_ligature_tells_the_other_western_character_set()
    {
        var euro = await Received.FromAsync("a;b\nprix en €;é\n", encoding: "iso-8859-15");
        var ligature = await Received.FromAsync("a;b\nmain d'œuvre;é\n", encoding: "iso-8859-15");
        var half = await Received.FromAsync("a;b\n½ journée;é\n", encoding: "windows-1252");
        var windowsEuro = await Received.FromAsync("a;b\nprix en €, cœur;é\n", encoding: "windows-1252");

        Assert.Equal("prix en €", euro.Kept[0].Fields["a"]);
        Assert.Equal("main d'œuvre", ligature.Kept[0].Fields["a"]);
        Assert.Equal("½ journée", half.Kept[0].Fields["a"]);
        Assert.Equal("prix en €, cœur", windowsEuro.Kept[0].Fields["a"]);
    }

    [Fact]
    public async Task An_accent_far_from_the_head_still_counts()
    {
        var text = "a;b\n" + string.Concat(Enumerable.Repeat("plain;text\n", 20_000)) + "dernière;ligne\n";

        var received = await Received.FromAsync(text, encoding: "windows-1252");

        Assert.Equal("dernière", received.Kept[^1].Fields["a"]);
    }

    [Theory]
    [InlineData("a;b;c\n1,5;2,5;3,5\n", ';')]
    [InlineData("a,b,c\n1;x,2,3\n", ',')]
    [InlineData("a\tb\n1,2\t3;4\n", '\t')]
    [InlineData("a|b\n1|2\n", '|')]
    [InlineData("\"x;y;z\",b\n\"1;2;3\",2\n", ',')]
    public void The_delimiter_is_the_one_the_lines_agree_on(string text, char delimiter) =>
        Assert.Equal(delimiter, FormatDetector.Detect(Encoding.UTF8.GetBytes(text), "x.csv").Delimiter);

    [Fact]
    public async Task A_first_line_may_say_which_delimiter_it_is()
    {
        var received = await Received.FromAsync("sep=;\na;b\n1,2,3;4\n");

        Assert.Equal(["a", "b"], received.File.Columns);
        Assert.Equal("1,2,3", received.Kept[0].Fields["a"]);
        Assert.Equal(3, received.Kept[0].Line);
    }

    [Fact]
    public void A_fec_is_known_by_its_header_or_by_its_name()
    {
        Assert.Equal(FileKind.Fec, FormatDetector.Detect("JournalCode|JournalLib|EcritureNum"u8, "ecritures.txt").Kind);
        Assert.Equal(FileKind.Fec, FormatDetector.Detect("Code\tLib"u8, "552032534FEC20251231.txt").Kind);
        Assert.Equal("552032534", FormatDetector.LedgerOwner("552032534FEC20251231.txt"));
        Assert.Equal('|', FormatDetector.Detect("JournalCode|JournalLib|EcritureNum"u8, "ecritures.txt").Delimiter);
    }

    [Fact]
    public void Events_and_workbooks_are_known_by_their_first_bytes()
    {
        Assert.Equal(FileKind.Ndjson, FormatDetector.Detect("{\"type\":\"page\"}\n"u8, "x.csv").Kind);
        Assert.Equal(FileKind.Xlsx, FormatDetector.Detect("PK\u0003\u0004"u8, "x.csv").Kind);
    }
}
