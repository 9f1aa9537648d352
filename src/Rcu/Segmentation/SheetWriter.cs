using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Rcu.Segmentation;

/// <summary>
/// Writes a workbook of one sheet as it goes: memory does not grow with it. Words are words, whatever they begin with: nothing a
/// cell holds is ever a formula.
/// </summary>
public sealed class SheetWriter : IAsyncDisposable
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packaged = "http://schemas.openxmlformats.org/package/2006";
    private const string Kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    private const int LongestText = 32_767;

    private static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    private readonly ZipArchive _zip;
    private readonly StreamWriter _sheet;
    private readonly StringBuilder _line = new();

    private SheetWriter(ZipArchive zip, StreamWriter sheet) => (_zip, _sheet) = (zip, sheet);

    public static async Task<SheetWriter> OpenAsync(Stream output, string name, CancellationToken ct)
    {
        var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        await PartAsync(zip, "[Content_Types].xml",
            $"""
            <Types xmlns="{Packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Kinds}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Kinds}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="{Kinds}.styles+xml"/></Types>
            """, ct);
        await PartAsync(zip, "_rels/.rels",
            $"""<Relationships xmlns="{Packaged}/relationships"><Relationship Id="r1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""", ct);
        await PartAsync(zip, "xl/_rels/workbook.xml.rels",
            $"""<Relationships xmlns="{Packaged}/relationships"><Relationship Id="r1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>""", ct);
        await PartAsync(zip, "xl/workbook.xml",
            $"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="{Escaped(name)}" sheetId="1" r:id="r1"/></sheets></workbook>""", ct);
        // 0 plain, 1 a date, 2 bold.
        await PartAsync(zip, "xl/styles.xml",
            $"""<styleSheet xmlns="{Main}"><fonts count="2"><font/><font><b/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="14" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>""", ct);
        var sheet = new StreamWriter(
            await zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).OpenAsync(ct), new UTF8Encoding(false), 64 * 1024);
        await sheet.WriteAsync($"""<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{Main}"><sheetData>""".AsMemory(), ct);
        return new SheetWriter(zip, sheet);
    }

    public async Task RowAsync(IEnumerable<object?> cells, bool isHead, CancellationToken ct)
    {
        _line.Clear().Append("<row>");
        foreach (var cell in cells)
        {
            Append(cell, isHead);
        }

        _line.Append("</row>");
        foreach (var chunk in _line.GetChunks())
        {
            await _sheet.WriteAsync(chunk, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _sheet.WriteAsync("</sheetData></worksheet>");
        await _sheet.DisposeAsync();
        await _zip.DisposeAsync();
    }

    private void Append(object? cell, bool isHead)
    {
        switch (cell)
        {
            case null or "":
                _line.Append("<c/>");
                break;
            case decimal or int or long:
                _line.Append(CultureInfo.InvariantCulture, $"<c><v>{cell}</v></c>");
                break;
            case DateOnly day:
                _line.Append(CultureInfo.InvariantCulture, $"""<c s="1"><v>{(day.ToDateTime(TimeOnly.MinValue) - Epoch).Days}</v></c>""");
                break;
            case DateTimeOffset at:
                _line.Append(CultureInfo.InvariantCulture, $"""<c s="1"><v>{(at.UtcDateTime - Epoch).TotalDays:0.#####}</v></c>""");
                break;
            default:
                var text = cell is IEnumerable<string> list ? string.Join(", ", list) : Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "";
                _line.Append(isHead ? """<c s="2" t="inlineStr"><is><t xml:space="preserve">""" : """<c t="inlineStr"><is><t xml:space="preserve">""")
                    .Append(Escaped(text)).Append("</t></is></c>");
                break;
        }
    }

    private static async Task PartAsync(ZipArchive zip, string name, string xml, CancellationToken ct)
    {
        await using var part = new StreamWriter(await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct), new UTF8Encoding(false));
        await part.WriteAsync($"""<?xml version="1.0" encoding="UTF-8"?>{xml.Trim()}""".AsMemory(), ct);
    }

    // What XML cannot hold is left out: a workbook that does not open helps nobody.
    private static string Escaped(string text)
    {
        var kept = text.Length > LongestText ? text[..LongestText] : text;
        var clean = string.Concat(kept.EnumerateRunes().Where(rune => rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value)));
        return clean.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
    }
}
