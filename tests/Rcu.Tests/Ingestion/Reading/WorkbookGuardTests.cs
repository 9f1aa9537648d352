namespace Rcu.Tests.Ingestion.Reading;

public class WorkbookGuardTests
{
    [Theory]
    [InlineData("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c></row><row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>", "file.far_cell")]
    [InlineData("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"XFD1\"><v>1</v></c></row>", "file.far_cell")]
    [InlineData("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>999</v></c></row>", "file.damaged")]
    [InlineData("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>-1</v></c></row>", "file.damaged")]
    [InlineData("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c>", "file.damaged")]
    public async Task What_would_lead_a_reader_astray_is_refused_unread(string rows, string code) =>
        Assert.Equal(code, await Received.RefusalAsync(Workbook.Zip(Workbook.Parts(rows)), "x.xlsx"));

    [Fact]
    public async Task A_document_that_defines_entities_is_refused()
    {
        var parts = Workbook.Parts("");
        parts[^1] = Workbook.Part("xl/worksheets/sheet1.xml", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet><sheetData>&a;</sheetData></worksheet>");

        Assert.Equal("file.entities", await Received.RefusalAsync(Workbook.Zip(parts), "x.xlsx"));
    }

    [Fact]
    public async Task A_sheet_that_stands_elsewhere_is_refused_and_a_link_to_a_page_is_not()
    {
        var links = Workbook.Parts("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c></row>");
        links.Add(Workbook.Part("xl/worksheets/_rels/sheet1.xml.rels", Relationship("hyperlink", "https://rcu.example/")));
        var elsewhere = Workbook.Parts("");
        elsewhere[2] = Workbook.Part("xl/_rels/workbook.xml.rels", Relationship("worksheet", "http://rcu.example/sheet1.xml"));

        Assert.Null(await Received.RefusalAsync(Workbook.Zip(links), "x.xlsx"));
        Assert.Equal("file.external", await Received.RefusalAsync(Workbook.Zip(elsewhere), "x.xlsx"));
    }

    [Fact]
    public async Task Ten_thousand_parts_are_no_workbook()
    {
        var parts = Workbook.Parts("");
        parts.AddRange(Enumerable.Range(0, 10_000).Select(i => Workbook.Part($"xl/media/{i}", "")));

        Assert.Equal("file.bomb", await Received.RefusalAsync(Workbook.Zip(parts), "x.xlsx"));
    }

    [Fact]
    public async Task A_text_without_end_is_refused()
    {
        var parts = Workbook.Parts("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>" + new string('é', 2_000_000) + "</t></is></c></row>");

        Assert.Equal("file.bomb", await Received.RefusalAsync(Workbook.Zip(parts), "x.xlsx"));
    }

    private static string Relationship(string type, string target) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
        + $"Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type}\" Target=\"{target}\" TargetMode=\"External\"/></Relationships>";
}
