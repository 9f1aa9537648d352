using Rcu.Ingestion.Reading;

namespace Rcu.Tests.Ingestion.Reading.Corpus;

public class CorpusTests
{
    public static TheoryData<string> Names => [.. Files().Select(file => file.Name)];

    internal static IEnumerable<CorpusFile> Files() => [.. EncodingFiles.All, .. SyntaxFiles.All, .. SpreadsheetFiles.All];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_file_is_read_as_its_sender_meant_it(string name)
    {
        var file = Files().Single(file => file.Name == name);

        var received = await Received.FromAsync(file.Bytes, file.Name);

        Assert.Equal(file.Expected, CorpusFile.Shown(received));
    }

    [Fact]
    public void Sixty_files_and_more_are_kept() => Assert.True(Files().Count() >= 60);

    [Fact]
    public async Task What_a_person_declares_of_an_encoding_settles_the_doubt()
    {
        var mixed = Files().Single(file => file.Name == "mixed_mostly_utf8.csv");

        var received = await Received.FromAsync(mixed.Bytes, mixed.Name, format => format with { Encoding = "windows-1252" });

        Assert.Equal("Csv windows-1252 ; 1\nSociété|Ville\n2 Café|Évry\n3 Café|Paris\n4 Forêt|Nîmes", CorpusFile.Shown(received));
    }

    [Theory]
    [InlineData("utf8.csv")]
    [InlineData("utf8_bom.csv")]
    public async Task A_file_in_utf8_is_read_as_such_whatever_was_declared(string name)
    {
        var file = Files().Single(file => file.Name == name);

        var received = await Received.FromAsync(file.Bytes, file.Name, format => format with { Encoding = "windows-1252" });

        Assert.Equal(file.Expected[file.Expected.IndexOf('\n', StringComparison.Ordinal)..], CorpusFile.Shown(received)[CorpusFile.Shown(received).IndexOf('\n', StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task What_a_person_declares_of_dates_settles_the_doubt()
    {
        var ambiguous = Files().Single(file => file.Name == "dates_ambiguous.csv");

        var received = await Received.FromAsync(ambiguous.Bytes, ambiguous.Name, format => format with { Dates = DateOrder.MonthDayYear });

        Assert.Equal("Csv utf-8 ; 1 MonthDayYear\nd|b\n2 2026-03-04|x\n3 2026-05-06|y", CorpusFile.Shown(received));
    }

    [Fact]
    public async Task A_line_in_another_encoding_can_be_handed_over_again_once_looked_at()
    {
        var mixed = Files().Single(file => file.Name == "mixed_mostly_utf8.csv");

        var rejected = Assert.Single((await Received.FromAsync(mixed.Bytes, mixed.Name)).Rejected);

        Assert.Equal("Café", rejected.Fields!["Société"]);
        Assert.Equal(("Société", "Café"), (rejected.Reason.Column, rejected.Reason.Value));
    }
}
