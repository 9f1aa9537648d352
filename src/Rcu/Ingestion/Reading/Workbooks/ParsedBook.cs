using System.Text;
using ExcelDataReader;

namespace Rcu.Ingestion.Reading.Workbooks;

/// <summary>A workbook of 1997 or of 2007, as ExcelDataReader parses it.</summary>
internal sealed class ParsedBook : ISheetReader
{
    private readonly IExcelDataReader _book;

    // The reader asks for Windows-1252 before it has seen the file.
    static ParsedBook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public ParsedBook(Stream file) => _book = ExcelReaderFactory.CreateReader(file, new ExcelReaderConfiguration { LeaveOpen = false });

    public string Name => _book.Name;

    public bool IsVisible => _book.VisibleState == "visible";

    public int Row => _book.Depth;

    public int Width => _book.FieldCount;

    public IReadOnlyList<MergedRange> Merges => [.. (_book.MergeCells ?? []).Select(range => new MergedRange(range.FromRow, range.ToRow, range.FromColumn))];

    public bool NextSheet() => _book.NextResult();

    public bool NextRow() => _book.Read();

    public WorkbookCell Cell(int column) => WorkbookCell.Of(_book.GetValue(column), _book.GetNumberFormatString(column));

    public void Dispose() => _book.Dispose();
}
