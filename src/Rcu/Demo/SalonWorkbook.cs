using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Rcu.Demo;

/// <summary>A spreadsheet as people make them: a title over merged cells, the header on row 4, a total under the last row.</summary>
internal static class SalonWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    private const int HeaderRow = 4;

    // The parts that never change; the sheet is the last one.
    private static readonly (string Path, string Xml)[] Parts =
    [
        ("[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Types}.sheet.main+xml\"/>"
            + $"<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{Types}.worksheet+xml\"/>"
            + $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{Types}.styles+xml\"/></Types>"),
        ("_rels/.rels",
            $"<Relationships xmlns=\"{Relations}\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/>"
            + "</Relationships>"),
        ("xl/workbook.xml",
            $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"Scans\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels",
            $"<Relationships xmlns=\"{Relations}\"><Relationship Id=\"rId1\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
            + $"<Relationship Id=\"rId2\" Type=\"{Office}/styles\" Target=\"styles.xml\"/></Relationships>"),
        ("xl/styles.xml",
            $"<styleSheet xmlns=\"{Main}\"><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills>"
            + "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
            + "<cellXfs count=\"2\"><xf/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"),
    ];

    public static async Task WriteAsync(
        string path, string title, IReadOnlyList<string> header, IReadOnlyList<object[]> rows, CancellationToken ct)
    {
        await using var file = File.Create(path);
        await using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (name, xml) in Parts)
        {
            await AddAsync(archive, name, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml, ct);
        }

        await AddAsync(archive, "xl/worksheets/sheet1.xml", Sheet(title, header, rows), ct);
    }

    // A fixed date, or two runs of the same day would differ.
    private static async Task AddAsync(ZipArchive archive, string name, string xml, CancellationToken ct)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await using var stream = await entry.OpenAsync(ct);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(xml), ct);
    }

    private static string Sheet(string title, IReadOnlyList<string> header, IReadOnlyList<object[]> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("worksheet", Main);
            xml.WriteStartElement("sheetData", Main);
            Row(xml, 1, title);
            Row(xml, HeaderRow, [.. header]);
            for (var i = 0; i < rows.Count; i++)
            {
                Row(xml, HeaderRow + 1 + i, rows[i]);
            }

            Row(xml, HeaderRow + rows.Count + 3, "", "TOTAL", rows.Count);
            xml.WriteEndElement();
            xml.WriteStartElement("mergeCells", Main);
            xml.WriteAttributeString("count", "1");
            xml.WriteStartElement("mergeCell", Main);
            xml.WriteAttributeString("ref", $"A1:{(char)('A' + header.Count - 1)}1");
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text;
    }

    private static void Row(XmlWriter xml, int number, params object[] cells)
    {
        xml.WriteStartElement("row", Main);
        xml.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
        for (var column = 0; column < cells.Length; column++)
        {
            if (cells[column] is not "")
            {
                Cell(xml, string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + column)}{number}"), cells[column]);
            }
        }

        xml.WriteEndElement();
    }

    private static void Cell(XmlWriter xml, string reference, object value)
    {
        xml.WriteStartElement("c", Main);
        xml.WriteAttributeString("r", reference);
        if (value is string text)
        {
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteStartElement("is", Main);
            xml.WriteStartElement("t", Main);
            xml.WriteAttributeString("xml", "space", null, "preserve");
            xml.WriteString(text);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        else
        {
            // Excel counts days from the last day of 1899; style 1 shows the number as a date.
            var (number, style) = value is DateOnly day ? (day.DayNumber - new DateOnly(1899, 12, 30).DayNumber, "1") : ((int)value, "0");
            xml.WriteAttributeString("s", style);
            xml.WriteElementString("v", Main, number.ToString(CultureInfo.InvariantCulture));
        }

        xml.WriteEndElement();
    }
}
