using System.IO.Compression;
using Rcu.Ingestion.Reading.Guesses;
using Rcu.Ingestion.Reading.Workbooks.Binary;

namespace Rcu.Ingestion.Reading.Workbooks;

/// <summary>
/// Reads the table that a workbook holds: below its titles, from the line that names the columns, without its blank
/// lines. What is no record below or between its rows, a total or the titles again, is set aside with its reason.
/// </summary>
internal sealed class WorkbookRows : IDisposable
{
    private const int Titles = 40;

    private readonly ISheetReader _book;
    private readonly Queue<SheetRow> _ahead = new();
    private readonly FileFormat _format;
    private MergedCells _merged = new([]);
    private TitlesLine _titles = new([]);

    public WorkbookRows(Stream file, FileFormat format)
    {
        _book = IsBinary(file, format) ? new BinaryBook(file) : new ParsedBook(file);
        _format = format;
    }

    /// <summary>The parser has no word of its own for a file that is malformed: whatever it throws on one means that.</summary>
    public static bool IsDamage(Exception broken) =>
        broken is not (OperationCanceledException or OutOfMemoryException or IOException or ObjectDisposedException) || broken is EndOfStreamException;

    public IReadOnlyList<string> Columns { get; private set; } = [];

    public string Sheet => _book.Name;

    public int HeaderRow { get; private set; }

    /// <summary>Goes to the sheet and to the line that names its columns. False: there is no such line.</summary>
    public bool ReadHeader()
    {
        do
        {
            var wanted = _format.Sheet is { } name ? _book.Name == name : _book.IsVisible;
            if (wanted && ReadHeaderOfSheet())
            {
                return true;
            }
        }
        while (_book.NextSheet());
        return false;
    }

    public IEnumerable<ReadRow> Read()
    {
        SheetRow? total = null;
        while (true)
        {
            SheetRow? row;
            string? damage = null;
            try
            {
                row = Next();
            }
            catch (Exception broken) when (IsDamage(broken))
            {
                (row, damage) = (null, broken.Message);
            }

            if (row is null)
            {
                if (total is not null)
                {
                    yield return new ReadRow.Rejected(total.Line, RejectReason.Total(), null, Row(total).Fields);
                }

                if (damage is not null)
                {
                    yield return new ReadRow.Rejected(_book.Row + 1, RejectReason.Damaged(damage), null);
                }

                yield break;
            }

            if (total is not null)
            {
                yield return Row(total);
                total = null;
            }

            if (IsTotal(row))
            {
                total = row; // the last of the sheet is no record, one in the middle is
            }
            else if (_titles.Repeats(row.Cells.Select(cell => cell.Text)))
            {
                yield return new ReadRow.Rejected(row.Line, RejectReason.Titles(), null, Row(row).Fields);
            }
            else
            {
                yield return Row(row);
            }
        }
    }

    public void Dispose() => _book.Dispose();

    private static bool IsBinary(Stream file, FileFormat format)
    {
        if (format.Kind is not FileKind.Xlsx)
        {
            return false;
        }

        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var isBinary = archive.GetEntry(BinaryBook.BookPart) is not null;
        file.Position = 0;
        return isBinary;
    }

    private bool ReadHeaderOfSheet()
    {
        _ahead.Clear();
        _merged = new MergedCells(_book.Merges);
        while (_ahead.Count < Titles && NextOfSheet() is { } row)
        {
            _ahead.Enqueue(row);
        }

        var rows = _ahead.ToList();
        var most = rows.Select(Words).DefaultIfEmpty().Max();
        var header = _format.HeaderRow is { } declared
            ? rows.FindIndex(row => row.Line >= declared)
            : rows.FindIndex(row => Words(row) >= Math.Max(1, Math.Ceiling(most * 0.75)));
        if (header < 0)
        {
            return false;
        }

        _titles = new TitlesLine(rows[header].Cells.Select(cell => cell.Text));
        Columns = ColumnNames.Of(rows[header].Cells.Select(cell => cell.Text));
        HeaderRow = rows[header].Line;
        for (var i = 0; i <= header; i++)
        {
            _ahead.Dequeue();
        }

        return true;
    }

    private SheetRow? Next() => _ahead.TryDequeue(out var row) ? row : NextOfSheet();

    private SheetRow? NextOfSheet()
    {
        while (_book.NextRow())
        {
            // An old workbook may say that it has any number of columns.
            var cells = new WorkbookCell[Math.Min(_book.Width, SourceFile.MostColumns + 1)];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = _book.Cell(i);
            }

            _merged.Fill(_book.Row, cells);
            if (cells.Any(cell => cell.Text.Length > 0 && !string.IsNullOrWhiteSpace(cell.Text)))
            {
                return new SheetRow(_book.Row + 1, cells);
            }
        }

        return null;
    }

    private ReadRow.Kept Row(SheetRow row)
    {
        var texts = new string[Columns.Count];
        List<string>? repaired = null;
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = i < row.Cells.Length ? SafeText.Of(row.Cells[i].Text, out var replaced) : "";
            if (i < row.Cells.Length && texts[i] != row.Cells[i].Text)
            {
                (repaired ??= []).Add(Columns[i]);
            }

            texts[i] = _format.Dates is DateOrder.MonthDayYear ? MonthFirstDates.Read(texts[i]) : texts[i];
        }

        var notes = (IReadOnlyList<string>?)repaired ?? [];
        var beyond = row.Cells.Length <= Columns.Count ? []
            : row.Cells[Columns.Count..].Index().Where(cell => !string.IsNullOrWhiteSpace(cell.Item.Text))
                .Select(cell => (Name: $"Colonne {Columns.Count + cell.Index + 1}", Text: SafeText.Of(cell.Item.Text, out _)))
                .Where(cell => !Columns.Contains(cell.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        return beyond.Count == 0
            ? new ReadRow.Kept(row.Line, new RowFields(Columns, texts), notes)
            : new ReadRow.Kept(row.Line, new RowFields([.. Columns, .. beyond.Select(cell => cell.Name)], [.. texts, .. beyond.Select(cell => cell.Text)]), notes)
            {
                Beyond = [.. beyond.Select(cell => cell.Name)],
            };
    }

    // A column's name is a short text, and no two columns have the same.
    private static int Words(SheetRow row) => row.Cells
        .Where(cell => cell.IsText && cell.Text.Length <= 100)
        .Select(cell => cell.Text.Trim())
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Count();

    // A company may be called Total: a line of totals has nothing else but numbers.
    private static bool IsTotal(SheetRow row)
    {
        var words = row.Cells.Where(cell => cell.IsText).ToList();
        return words.Count == 1 && TotalLine.Word().IsMatch(words[0].Text);
    }

    private sealed record SheetRow(int Line, WorkbookCell[] Cells);
}
