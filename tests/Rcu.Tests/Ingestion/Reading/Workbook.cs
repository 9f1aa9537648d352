using System.IO.Compression;
using System.Security;
using System.Text;

namespace Rcu.Tests.Ingestion.Reading;

/// <summary>A small workbook written by hand, so that a test shows each trap it sets.</summary>
internal static class Workbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <param name="rows">Rows by line number; a text is a text, a number a number, a date a date, null an empty cell.</param>
    /// <param name="merged">Ranges such as <c>A1:J1</c>.</param>
    public static byte[] Of(IEnumerable<(int Line, object?[] Cells)> rows, params string[] merged) =>
        Zip(Parts(string.Concat(rows.Select(row =>
            $"<row r=\"{row.Line}\">{string.Concat(row.Cells.Select((cell, i) => Cell($"{(char)('A' + i)}{row.Line}", cell)))}</row>")), merged));

    public static byte[] Zip(IEnumerable<(string Name, byte[] Content)> parts)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var part = archive.CreateEntry(name).Open();
                part.Write(content);
            }
        }

        return bytes.ToArray();
    }

    public static List<(string Name, byte[] Content)> Parts(string sheetData, params string[] merged) =>
    [
        Part("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>"),
        Part("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Links}\"><sheets><sheet name=\"Scans\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
        Part("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Links}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{Links}/styles\" Target=\"styles.xml\"/></Relationships>"),
        Part("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"1\"><numFmt numFmtId=\"170\" formatCode=\"00000\"/></numFmts><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>"),
        Part("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{sheetData}</sheetData>{Merges(merged)}</worksheet>"),
    ];

    public static (string Name, byte[] Content) Part(string name, string content) => (name, Encoding.UTF8.GetBytes(content));

    private static string Merges(string[] merged) => merged.Length == 0
        ? ""
        : $"<mergeCells count=\"{merged.Length}\">{string.Concat(merged.Select(range => $"<mergeCell ref=\"{range}\"/>"))}</mergeCells>";

    private static string Cell(string at, object? value) => value switch
    {
        null => "",
        string text => $"<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>",
        DateOnly date => $"<c r=\"{at}\" s=\"1\"><v>{date.DayNumber - new DateOnly(1899, 12, 30).DayNumber}</v></c>",
        PostalCode code => $"<c r=\"{at}\" s=\"2\"><v>{code.Number}</v></c>",
        _ => FormattableString.Invariant($"<c r=\"{at}\"><v>{value}</v></c>"),
    };

    /// <summary>A number that shows five digits.</summary>
    internal sealed record PostalCode(int Number);
}
