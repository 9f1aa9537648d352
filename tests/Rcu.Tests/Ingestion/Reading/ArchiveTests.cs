using System.IO.Compression;
using System.Text;

namespace Rcu.Tests.Ingestion.Reading;

public class ArchiveTests
{
    [Fact]
    public async Task The_one_file_of_an_archive_is_read_under_its_own_name()
    {
        var received = await Received.FromAsync(
            Workbook.Zip([("export/", []), Text("export/crm.csv", "a;b\né;2\n"), Text("__MACOSX/export/._crm.csv", "x")]), "envoi.zip");

        Assert.Equal("crm.csv", received.File.Name);
        Assert.Equal("é", received.Kept[0].Fields["a"]);
    }

    [Fact]
    public async Task A_workbook_in_an_archive_is_read_too()
    {
        var received = await Received.FromAsync(Workbook.Zip([("x.xlsx", Workbook.Of([(1, ["a"]), (2, [1])]))]), "envoi.zip");

        Assert.Equal("1", received.Kept[0].Fields["a"]);
    }

    [Fact]
    public async Task An_archive_of_no_file_of_several_or_of_an_archive_is_refused()
    {
        Assert.Equal("file.empty_archive", await Received.RefusalAsync(Workbook.Zip([Text("__MACOSX/x", "x")]), "x.zip"));
        Assert.Equal("file.several_in_archive", await Received.RefusalAsync(Workbook.Zip([Text("a.csv", "a"), Text("b.csv", "b")]), "x.zip"));
        Assert.Equal("file.archive_in_archive", await Received.RefusalAsync(Workbook.Zip([("a.zip", Workbook.Zip([Text("a.csv", "a")]))]), "x.zip"));
        Assert.Equal("file.empty", await Received.RefusalAsync(Workbook.Zip([Text("a.csv", "")]), "x.zip"));
    }

    [Fact]
    public async Task An_archive_that_inflates_too_far_or_leads_out_of_itself_is_refused()
    {
        Assert.Equal("file.bomb", await Received.RefusalAsync(Workbook.Zip([("a.csv", new byte[20_000_000])]), "x.zip"));
        Assert.Equal("file.path_in_archive", await Received.RefusalAsync(Workbook.Zip([Text("../a.csv", "a;b")]), "x.zip"));
        Assert.Equal(
            "file.bomb",
            await Received.RefusalAsync(Workbook.Zip(Enumerable.Range(0, 10_000).Select(i => Text($"{i}.csv", ""))), "x.zip"));
    }

    [Fact]
    public async Task A_link_is_no_file()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var link = archive.CreateEntry("a.csv");
            link.ExternalAttributes = unchecked((int)0xA1FF0000);
            using var target = link.Open();
            target.Write("/etc/passwd"u8);
        }

        Assert.Equal("file.path_in_archive", await Received.RefusalAsync(bytes.ToArray(), "x.zip"));
    }

    [Fact]
    public async Task A_directory_that_lies_about_a_size_gives_no_row()
    {
        var bytes = Workbook.Zip([("a.csv", Encoding.UTF8.GetBytes("a;b\n" + string.Concat(Enumerable.Repeat("1;2\n", 12_499))))]);
        var size = BitConverter.GetBytes(50_000);
        for (var at = bytes.AsSpan().LastIndexOf(size); at > 0; at = bytes.AsSpan(0, at).LastIndexOf(size))
        {
            BitConverter.GetBytes(10).CopyTo(bytes, at);
        }

        Assert.Matches("file.(bomb|damaged)", await Received.RefusalAsync(bytes, "x.zip"));
    }

    [Fact]
    public async Task A_directory_without_end_is_refused_before_it_is_loaded()
    {
        var bytes = Workbook.Zip([Text("a.csv", "a;b\n1;2\n")]);
        var padded = new byte[bytes.Length + 3_000_000];
        bytes.CopyTo(padded, padded.Length - bytes.Length);
        "PK\x03\x04"u8.CopyTo(padded);

        Assert.Equal("file.bomb", await Received.RefusalAsync(padded, "x.zip"));
    }

    private static (string Name, byte[] Content) Text(string name, string content) => (name, Encoding.UTF8.GetBytes(content));
}
