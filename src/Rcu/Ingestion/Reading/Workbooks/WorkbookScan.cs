using System.Globalization;
using System.Xml;

namespace Rcu.Ingestion.Reading.Workbooks;

/// <summary>
/// Goes once through the parts of a workbook, keeping nothing of them: what would lead a reader astray is found before
/// it is opened.
/// </summary>
internal sealed class WorkbookScan
{
    // Some rows may be empty on purpose; a hundred thousand are a cell lost far below its table.
    private const int MostEmptyRows = 100_000;
    private const int LastRow = 1_048_576;
    private const int Told = 20;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
        CloseInput = false,
    };

    private readonly List<string> _hiddenSheets = [];
    private readonly List<long> _hiddenRows = [];
    private readonly List<string> _uncomputed = [];
    private readonly List<string> _errors = [];
    private readonly char[] _value = new char[16];
    private Error? _refusal;
    private long _sharedTexts;
    private long _greatestShared = -1;

    /// <summary>One part. Its first element says what it is.</summary>
    public void Read(Stream part, CancellationToken ct)
    {
        using var xml = XmlReader.Create(part, Settings);
        if (xml.MoveToContent() != XmlNodeType.Element)
        {
            return;
        }

        switch (xml.LocalName)
        {
            case "worksheet":
                Sheet(xml, ct);
                break;
            case "sst":
                Each(xml, "si", _ => _sharedTexts++);
                break;
            case "workbook":
                Each(xml, "sheet", NoteSheet);
                break;
            case "Relationships":
                Each(xml, "Relationship", NoteLink);
                break;
            default:
                Each(xml, "", _ => { });
                break;
        }
    }

    public Result<WorkbookFacts> Outcome() =>
        _refusal is { } refusal ? refusal
        : _greatestShared >= _sharedTexts ? ReadingErrors.Damaged($"le texte partagé n° {_greatestShared} n'existe pas")
        : new WorkbookFacts(_hiddenSheets, _hiddenRows, _uncomputed, _errors);

    private static void Each(XmlReader xml, string name, Action<XmlReader> note)
    {
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == name)
            {
                note(xml);
            }
        }
    }

    private void NoteSheet(XmlReader xml)
    {
        if (xml.GetAttribute("state") is "hidden" or "veryHidden" && _hiddenSheets.Count < Told)
        {
            _hiddenSheets.Add(xml.GetAttribute("name") ?? "?");
        }
    }

    // A link to a page or to a mail address is innocent; data that stands elsewhere is not in the file.
    private void NoteLink(XmlReader xml)
    {
        var type = xml.GetAttribute("Type") ?? "";
        if (xml.GetAttribute("TargetMode") is "External"
            && (type.EndsWith("/worksheet", StringComparison.Ordinal) || type.EndsWith("/sharedStrings", StringComparison.Ordinal)
                || type.EndsWith("/styles", StringComparison.Ordinal) || type.EndsWith("/officeDocument", StringComparison.Ordinal)))
        {
            _refusal ??= ReadingErrors.External;
        }
    }

    private void Sheet(XmlReader xml, CancellationToken ct)
    {
        var (row, rows) = (0L, 0L);
        var (cell, isShared, hasFormula, hasValue) = ("", false, false, false);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                switch (xml.LocalName)
                {
                    case "row":
                        ct.ThrowIfCancellationRequested();
                        row = long.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : row + 1;
                        Row(row, ++rows, xml.GetAttribute("hidden"));
                        break;
                    case "c":
                        (cell, isShared, hasFormula, hasValue) = (xml.GetAttribute("r") ?? "", xml.GetAttribute("t") is "s", false, false);
                        Column(cell);
                        if (xml.GetAttribute("t") is "e" && _errors.Count < Told)
                        {
                            _errors.Add(cell);
                        }

                        break;
                    case "f":
                        hasFormula = true;
                        break;
                    case "v" or "is":
                        hasValue = true;
                        if (isShared && xml.LocalName is "v" && !xml.IsEmptyElement && xml.Read() && xml.NodeType == XmlNodeType.Text)
                        {
                            Shared(xml);
                        }

                        break;
                    default:
                        break;
                }
            }
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName is "c" && hasFormula && !hasValue && _uncomputed.Count < Told)
            {
                _uncomputed.Add(cell);
            }
        }
    }

    private void Row(long row, long rows, string? hidden)
    {
        if (row > LastRow || row - rows > MostEmptyRows)
        {
            _refusal ??= ReadingErrors.FarCell($"A{row}");
        }

        if (hidden is "1" or "true" && _hiddenRows.Count < Told)
        {
            _hiddenRows.Add(row);
        }
    }

    private void Column(string cell)
    {
        var column = 0;
        foreach (var letter in cell)
        {
            if (!char.IsAsciiLetter(letter) || column > SourceFile.MostColumns)
            {
                break;
            }

            column = column * 26 + (char.ToUpperInvariant(letter) - 'A' + 1);
        }

        if (column > SourceFile.MostColumns)
        {
            _refusal ??= ReadingErrors.FarCell(cell.Length > 20 ? cell[..20] : cell);
        }
    }

    private void Shared(XmlReader xml)
    {
        var length = xml.CanReadValueChunk ? xml.ReadValueChunk(_value, 0, _value.Length) : 0;
        var text = _value.AsSpan(0, length).Trim();
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) || index < 0)
        {
            _refusal ??= ReadingErrors.Damaged($"« {text} » n'est pas le numéro d'un texte partagé");
        }
        else
        {
            _greatestShared = Math.Max(_greatestShared, index);
        }
    }
}
