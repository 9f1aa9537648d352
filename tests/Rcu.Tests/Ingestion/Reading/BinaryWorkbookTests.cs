using System.Text;
using Rcu.Ingestion.Reading;

namespace Rcu.Tests.Ingestion.Reading;

public class BinaryWorkbookTests
{
    [Fact]
    public async Task A_workbook_of_1997_gives_the_cells_of_one_of_today()
    {
        var received = await Received.FromAsync(Fixture("clients.xls"), "clients.xls");

        Assert.Equal(FileKind.Xls, received.File.Format.Kind);
        Assert.Equal(["Société", "SIRET", "CP", "Actif", "Date", "Montant", "Code"], received.File.Columns);
        Assert.Equal(
            """{"Société":"Café É","SIRET":"80245678900012","CP":"01000","Actif":"true","Date":"2025-10-14","Montant":"1234.5","Code":""}"""
            + """{"Société":"TRI","SIRET":"88456000000000","CP":"75001","Actif":"false","Date":"2023-12-30","Montant":"0.1","Code":"A1"}""",
            received.Json(0) + received.Json(1));
    }

    [Theory]
    [InlineData("EncryptedPackage", "file.encrypted")]
    [InlineData("_VBA_PROJECT_CUR", "file.macros")]
    [InlineData("WordDocument", "file.not_a_workbook")]
    public async Task What_an_old_workbook_must_not_hold_is_refused(string holds, string code)
    {
        var bytes = Fixture("clients.xls");
        var at = bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes("Workbook\0"));
        bytes.AsSpan(at, 64).Clear();
        Encoding.Unicode.GetBytes(holds).CopyTo(bytes, at);
        BitConverter.GetBytes((short)(2 * holds.Length + 2)).CopyTo(bytes, at + 64);

        Assert.Equal(code, await Received.RefusalAsync(bytes, "x.xls"));
    }

    [Fact]
    public async Task Sectors_that_follow_one_another_in_a_circle_are_no_workbook()
    {
        var bytes = Fixture("clients.xls");
        var table = (BitConverter.ToInt32(bytes, 76) + 1) * 512;
        for (var sector = 0; sector < 128; sector++)
        {
            BitConverter.GetBytes(sector == 5 ? 4 : 5).CopyTo(bytes, table + 4 * sector);
        }

        Assert.Equal("file.damaged", await Received.RefusalAsync(bytes, "x.xls"));
    }

    [Fact]
    public async Task Two_thousand_million_cells_that_are_only_said_to_exist_are_not_looked_for()
    {
        var bytes = Fixture("clients.xls");
        var dimensions = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x00, 0x02, 0x0E, 0x00]);
        BitConverter.GetBytes(60_000).CopyTo(bytes, dimensions + 8);
        BitConverter.GetBytes((ushort)33_000).CopyTo(bytes, dimensions + 14);

        var received = await Received.FromAsync(bytes, "clients.xls");

        Assert.Equal(["Café É", "TRI"], received.Kept.Select(row => row.Fields["Société"]));
    }

    [Fact]
    public async Task A_text_file_that_calls_itself_a_workbook_is_read_for_what_it_is()
    {
        var received = await Received.FromAsync("a;b\n1;2\n", "x.xls");

        Assert.Equal(FileKind.Csv, received.File.Format.Kind);
        Assert.Equal("2", received.Kept[0].Fields["b"]);
    }

    internal static byte[] Fixture(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "reading", name));
}
