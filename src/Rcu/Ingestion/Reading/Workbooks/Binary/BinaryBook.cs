using System.IO.Compression;
using System.Xml;

namespace Rcu.Ingestion.Reading.Workbooks.Binary;

/// <summary>Reads a binary workbook (.xlsb) sheet by sheet and row by row, in a memory that holds its shared texts and one row.</summary>
internal sealed class BinaryBook : ISheetReader
{
    public const string BookPart = "xl/workbook.bin";
    public const string SharedPart = "xl/sharedStrings.bin";

    private readonly ZipArchive _archive;
    private readonly List<BinarySheet> _sheets = [];
    private readonly List<string> _shared = [];
    private readonly BinaryStyles _styles;
    private readonly Dictionary<int, WorkbookCell> _cells = [];
    private readonly bool _from1904;
    private BinaryRecords? _records;
    private int _sheet = -1;
    private int? _ahead;

    public BinaryBook(Stream file)
    {
        _archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: false);
        var targets = Targets();
        using (var book = new BinaryRecords(Open(BookPart) ?? throw new InvalidDataException(BookPart)))
        {
            while (book.Read())
            {
                if (book.Kind is BinaryKind.BookProperties)
                {
                    _from1904 = (book.Byte(0) & 1) != 0;
                }
                else if (book.Kind is BinaryKind.Sheet)
                {
                    var at = 8;
                    var link = book.Text(ref at);
                    _sheets.Add(new BinarySheet(book.Text(at), book.UInt32(0) == 0, link is null ? null : targets.GetValueOrDefault(link)));
                }
            }
        }

        ReadShared();
        _styles = BinaryStyles.Read(Open("xl/styles.bin"));
        NextSheet();
    }

    public string Name => _sheets.Count == 0 ? "" : _sheets[_sheet].Name;

    public bool IsVisible => _sheets.Count > 0 && _sheets[_sheet].IsVisible;

    public int Row { get; private set; } = -1;

    public int Width { get; private set; }

    public IReadOnlyList<MergedRange> Merges { get; private set; } = [];

    public bool NextSheet()
    {
        if (_sheet + 1 >= _sheets.Count)
        {
            return false;
        }

        _sheet++;
        (Row, Width, _ahead) = (-1, 0, null);
        Survey();
        _records?.Dispose();
        _records = _sheets[_sheet].Part is { } part && Open(part) is { } content ? new BinaryRecords(content) : null;
        return true;
    }

    public bool NextRow()
    {
        _cells.Clear();
        var (found, column) = (_ahead is not null, -1L);
        Row = _ahead ?? Row;
        _ahead = null;
        while (_records?.Read() is true)
        {
            if (_records.Kind is BinaryKind.Row)
            {
                var row = (int)_records.UInt32(0);
                if (found)
                {
                    _ahead = row;
                    return true;
                }

                (Row, found) = (row, true);
            }
            else if (found && BinaryCell.Is(_records.Kind))
            {
                var cell = BinaryCell.Of(_records, column);
                column = cell.Column;
                _cells[(int)column] = Cell(_records, cell);
            }
        }

        return found;
    }

    public WorkbookCell Cell(int column) => _cells.TryGetValue(column, out var cell) ? cell : new WorkbookCell("", false);

    public void Dispose()
    {
        _records?.Dispose();
        _archive.Dispose();
    }

    private WorkbookCell Cell(BinaryRecords record, BinaryCell cell) => cell.Kind switch
    {
        BinaryKind.Packed => Number(record.Packed(cell.At), cell.Style),
        BinaryKind.Number or BinaryKind.FormulaNumber => Number(record.Double(cell.At), cell.Style),
        BinaryKind.Truth or BinaryKind.FormulaTruth => WorkbookCell.Of(record.Byte(cell.At) == 1, null),
        BinaryKind.Text or BinaryKind.FormulaText => WorkbookCell.Of(record.Text(cell.At), null),
        BinaryKind.RichText => WorkbookCell.Of(record.Text(cell.At + 1), null),
        BinaryKind.Shared => WorkbookCell.Of(_shared[(int)record.UInt32(cell.At)], null),
        _ => WorkbookCell.Of(null, null),
    };

    // Beyond what the calendar of spreadsheets holds, a number is no date.
    private WorkbookCell Number(double value, int style) =>
        _styles.IsDuration(style) && Math.Abs(value) < 1_000_000 ? WorkbookCell.Of(TimeSpan.FromDays(value), null)
        : _styles.IsDate(style) && value is >= 0 and < 2_958_466
            ? WorkbookCell.Of(DateTime.FromOADate(_from1904 ? value + 1462 : value), null)
            : WorkbookCell.Of(value, _styles.FormatOf(style));

    // How wide the sheet is, and which of its cells are merged: told after its rows.
    private void Survey()
    {
        var merges = new List<MergedRange>();
        using var records = _sheets[_sheet].Part is { } part && Open(part) is { } content ? new BinaryRecords(content) : null;
        for (var column = -1L; records?.Read() is true;)
        {
            if (BinaryCell.Is(records.Kind))
            {
                column = BinaryCell.Of(records, column).Column;
                Width = (int)Math.Clamp(column + 1, Width, SourceFile.MostColumns + 1);
            }
            else if (records.Kind is BinaryKind.Row)
            {
                column = -1;
            }
            else if (records.Kind is BinaryKind.Merge)
            {
                merges.Add(new MergedRange((int)records.UInt32(0), (int)records.UInt32(4), (int)records.UInt32(8)));
            }
        }

        Merges = merges;
    }

    private void ReadShared()
    {
        if (Open(SharedPart) is not { } part)
        {
            return;
        }

        using var records = new BinaryRecords(part);
        while (records.Read())
        {
            if (records.Kind is BinaryKind.SharedItem)
            {
                _shared.Add(records.Text(1));
            }
        }
    }

    private Stream? Open(string part) => _archive.GetEntry(part)?.Open();

    private Dictionary<string, string> Targets()
    {
        var targets = new Dictionary<string, string>();
        if (Open("xl/_rels/workbook.bin.rels") is not { } part)
        {
            return targets;
        }

        using var xml = XmlReader.Create(part, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true });
        while (xml.Read())
        {
            if (xml.NodeType is XmlNodeType.Element && xml.LocalName is "Relationship" && xml.GetAttribute("Target") is { } target)
            {
                targets[xml.GetAttribute("Id") ?? ""] = target.StartsWith('/') ? target[1..] : $"xl/{target}";
            }
        }

        return targets;
    }

    private sealed record BinarySheet(string Name, bool IsVisible, string? Part);
}
