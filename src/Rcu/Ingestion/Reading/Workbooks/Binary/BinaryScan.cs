using System.IO.Compression;

namespace Rcu.Ingestion.Reading.Workbooks.Binary;

/// <summary>Goes once through the parts of a binary workbook, keeping nothing of them, as <see cref="WorkbookScan"/> does for the others.</summary>
internal sealed class BinaryScan
{
    private const int MostEmptyRows = 100_000;
    private const int LastRow = 1_048_575;
    private const int Told = 20;

    private readonly List<string> _hiddenSheets = [];
    private readonly List<long> _hiddenRows = [];
    private readonly List<string> _errors = [];
    private Error? _refusal;
    private long _sharedTexts;
    private long _greatestShared = -1;

    /// <summary>Whether a part is the book, its shared texts or a sheet: what a program puts beside them is not read.</summary>
    public static bool Reads(ZipArchiveEntry part) => part.FullName is BinaryBook.BookPart or BinaryBook.SharedPart
        || (part.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal) && part.Name.EndsWith(".bin", StringComparison.Ordinal));

    public void Read(Stream part, CancellationToken ct)
    {
        using var records = new BinaryRecords(part);
        var (row, rows, column) = (-1L, 0L, -1L);
        while (records.Read())
        {
            switch (records.Kind)
            {
                case BinaryKind.Row:
                    ct.ThrowIfCancellationRequested();
                    var next = records.UInt32(0);
                    Row(next, row, ++rows, records.Byte(11));
                    (row, column) = (next, -1);
                    break;
                case BinaryKind.SharedItem:
                    _sharedTexts++;
                    break;
                case BinaryKind.Sheet:
                    Sheet(records);
                    break;
                case var kind when row >= 0 && BinaryCell.Is(kind):
                    var cell = BinaryCell.Of(records, column);
                    Cell(records, cell, row);
                    column = cell.Column;
                    break;
                default:
                    break;
            }
        }
    }

    public Result<WorkbookFacts> Outcome() =>
        _refusal is { } refusal ? refusal
        : _greatestShared >= _sharedTexts ? ReadingErrors.Damaged($"le texte partagé n° {_greatestShared} n'existe pas")
        : new WorkbookFacts(_hiddenSheets, _hiddenRows, [], _errors);

    private void Row(long next, long last, long rows, byte flags)
    {
        if (next > LastRow || next + 1 - rows > MostEmptyRows)
        {
            _refusal ??= ReadingErrors.FarCell($"A{next + 1}");
        }
        else if (next <= last)
        {
            _refusal ??= ReadingErrors.Damaged($"la ligne {next + 1} vient après la ligne {last + 1}");
        }

        if ((flags & 0x10) != 0 && _hiddenRows.Count < Told)
        {
            _hiddenRows.Add(next + 1);
        }
    }

    private void Cell(BinaryRecords records, BinaryCell cell, long row)
    {
        if (cell.Column >= SourceFile.MostColumns)
        {
            _refusal ??= ReadingErrors.FarCell($"L{row + 1}C{cell.Column + 1}");
        }

        if (cell.Kind is BinaryKind.Shared)
        {
            _greatestShared = Math.Max(_greatestShared, records.UInt32(cell.At));
        }
        else if (cell.Kind is BinaryKind.Error or BinaryKind.FormulaError && _errors.Count < Told)
        {
            _errors.Add($"{Letters(cell.Column)}{row + 1}");
        }
    }

    private void Sheet(BinaryRecords records)
    {
        var at = 8;
        _ = records.Text(ref at);
        if (records.UInt32(0) is 1 or 2 && _hiddenSheets.Count < Told)
        {
            _hiddenSheets.Add(records.Text(at));
        }
    }

    private static string Letters(long column) => column < 26 ? $"{(char)('A' + column)}" : Letters(column / 26 - 1) + (char)('A' + column % 26);
}
