namespace Rcu.Tests.Ingestion.Reading;

public class WorkbookRowsTests
{
    private static readonly object?[] Header = ["N°", "Société", "Tél.", "CP", "Date"];

    [Fact]
    public async Task The_table_is_found_between_its_titles_and_its_total()
    {
        var received = await Received.FromAsync(
            Workbook.Of(
                [
                    (1, ["SALON DES ACHATS - octobre 2025"]),
                    (4, Header),
                    (5, [1, "LE GLACIER S.A.R.L.", 639980042, new Workbook.PostalCode(1000), new DateOnly(2025, 10, 14)]),
                    (7, [2, "TOTAL", "+33 6 39 98 00 42", "13006", null]),
                    (10, [null, "TOTAL", 2]),
                ],
                "A1:E1"),
            "salon.xlsx");

        Assert.Equal(["N°", "Société", "Tél.", "CP", "Date"], received.File.Columns);
        Assert.Equal([5L, 7L], received.Kept.Select(row => row.Line));
        var total = Assert.Single(received.Rejected);
        Assert.Equal((10L, "row.total", "TOTAL"), (total.Line, total.Reason.Code, total.Fields!["Société"]));
        Assert.Equal(
            """{"N°":"1","Société":"LE GLACIER S.A.R.L.","Tél.":"639980042","CP":"01000","Date":"2025-10-14"}""",
            received.Json(0));
        Assert.Equal("TOTAL", received.Kept[1].Fields["Société"]);
        Assert.Equal(4, received.File.Format.HeaderRow);
    }

    [Fact]
    public async Task A_number_loses_no_digit()
    {
        var received = await Received.FromAsync(
            Workbook.Of([(1, ["SIRET", "Montant"]), (2, [80245678900012, 1234.56m]), (3, [88456000000000, 0.1m])]), "x.xlsx");

        Assert.Equal("80245678900012", received.Kept[0].Fields["SIRET"]);
        Assert.Equal("1234.56", received.Kept[0].Fields["Montant"]);
        Assert.Equal("88456000000000", received.Kept[1].Fields["SIRET"]);
        Assert.Equal("0.1", received.Kept[1].Fields["Montant"]);
    }

    [Fact]
    public async Task What_is_merged_in_front_of_several_lines_is_said_of_each()
    {
        var received = await Received.FromAsync(
            Workbook.Of([(1, ["Société", "Nom"]), (2, ["ACME", "Faure"]), (3, [null, "Martin"]), (4, [null, "Petit"])], "A2:A3"),
            "x.xlsx");

        Assert.Equal(["ACME", "ACME", ""], received.Kept.Select(row => row.Fields["Société"]));
    }

    [Fact]
    public async Task Titles_between_the_rows_are_set_aside()
    {
        var received = await Received.FromAsync(
            Workbook.Of([(1, ["Société", "Nombre"]), (2, ["TRI", 3]), (3, ["Société", "Nombre"]), (4, ["ACME", 2])]), "x.xlsx");

        Assert.Equal(["TRI", "ACME"], received.Kept.Select(row => row.Fields["Société"]));
        Assert.Equal("row.titles", Assert.Single(received.Rejected).Reason.Code);
    }

    [Fact]
    public async Task A_line_of_totals_in_the_middle_is_a_row_like_another()
    {
        var received = await Received.FromAsync(
            Workbook.Of([(1, ["Société", "Nombre"]), (2, ["TOTAL", 3]), (3, ["ACME", 2])]), "x.xlsx");

        Assert.Equal(["TOTAL", "ACME"], received.Kept.Select(row => row.Fields["Société"]));
    }

    [Fact]
    public async Task A_workbook_that_inflates_too_far_is_refused_unread()
    {
        var parts = Workbook.Parts("");
        parts.Add(("xl/media/zeros.bin", new byte[20_000_000]));

        Assert.Equal("file.bomb", await Received.RefusalAsync(Workbook.Zip(parts), "x.xlsx"));
    }

    [Fact]
    public async Task A_directory_that_lies_inflates_to_nothing()
    {
        var parts = Workbook.Parts("");
        parts.Add(("xl/media/zeros.bin", new byte[50_000]));
        var bytes = Workbook.Zip(parts);
        var size = BitConverter.GetBytes(50_000);
        for (var at = bytes.AsSpan().LastIndexOf(size); at > 0; at = bytes.AsSpan(0, at).LastIndexOf(size))
        {
            BitConverter.GetBytes(10).CopyTo(bytes, at);
        }

        Assert.Matches("file.(bomb|damaged|no_sheet)", await Received.RefusalAsync(bytes, "x.xlsx"));
    }

    [Theory]
    [InlineData("xl/vbaProject.bin", "file.macros")]
    [InlineData("xl/macrosheets/sheet1.xml", "file.macros")]
    [InlineData("../../etc/passwd", "file.path_in_archive")]
    [InlineData("/etc/passwd", "file.path_in_archive")]
    public async Task What_a_workbook_must_not_hold_is_refused(string part, string code)
    {
        var parts = Workbook.Parts("");
        parts.Add((part, [1, 2, 3]));

        Assert.Equal(code, await Received.RefusalAsync(Workbook.Zip(parts), "x.xlsx"));
    }

    [Fact]
    public async Task An_archive_that_is_no_workbook_and_a_broken_one_are_refused()
    {
        Assert.Equal("file.not_a_workbook", await Received.RefusalAsync(Workbook.Zip([Workbook.Part("[Content_Types].xml", "<Types/>")]), "x.xlsx"));
        Assert.Equal("file.no_sheet", await Received.RefusalAsync(Workbook.Zip(Workbook.Parts("")), "x.xlsx"));
        Assert.Equal("file.damaged", await Received.RefusalAsync([.. "PK\u0003\u0004"u8, .. new byte[100]], "x.xlsx"));
    }
}
