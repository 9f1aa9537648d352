using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using CsvHelper.Configuration;
using Rcu.Ingestion.Reading.Guesses;

namespace Rcu.Ingestion.Reading;

/// <summary>
/// Reads delimited text line by line. A line whose quotes do not match is set aside alone: the lines it would have
/// swallowed are read again, up to the cap that keeps the memory flat.
/// </summary>
internal sealed class CsvRows(TextReader text, FileFormat format) : IDisposable
{
    /// <summary>The longest cell: an unclosed quote would otherwise make one of the whole file.</summary>
    public const int LongestCell = 1024 * 1024;

    // A FEC may leave out its last, optional columns.
    private const int FecColumns = 16;

    private readonly RetainedText _text = new(text);
    private readonly Accents _accents = new(format);
    private CsvParser? _parser;
    private TitlesLine _titles = new([]);
    private bool _badQuote;
    private long _line;
    private long _parserLine;
    private long _parserCharacters;

    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Reads up to the line that names the columns. False: there is none.</summary>
    public async Task<bool> ReadHeaderAsync(CancellationToken ct)
    {
        while (await NextAsync(ct) is { } record)
        {
            if (record.Rejected is null && record.Last >= format.HeaderRow && record.Cells.Any(cell => cell.Length > 0))
            {
                var names = ColumnNames.Of(record.Cells.Select(_accents.Restored));
                _titles = new TitlesLine(record.Cells);
                Columns = format.Kind is FileKind.Fec ? LedgerColumns.Named(names) : names;
                return true;
            }
        }

        return false;
    }

    public async IAsyncEnumerable<ReadRow> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        Record? total = null;
        while (await NextAsync(ct) is { } record)
        {
            if (total is not null)
            {
                yield return Row(total.First, total.Cells);
                total = null;
            }

            if (record.Rejected is { } reason)
            {
                yield return new ReadRow.Rejected(record.First, reason, record.Raw);
            }
            else if (TotalLine.Is(record.Cells))
            {
                total = record; // the last of the file is no record, one in the middle is
            }
            else if (_titles.Repeats(record.Cells))
            {
                yield return Rejected(record.First, RejectReason.Titles(), record.Cells);
            }
            else if (record.Cells.Any(cell => !string.IsNullOrWhiteSpace(cell)))
            {
                yield return Row(record.First, record.Cells);
            }
        }

        if (total is not null)
        {
            yield return Rejected(total.First, RejectReason.Total(), total.Cells);
        }
    }

    public void Dispose()
    {
        _parser?.Dispose();
        _text.Dispose();
    }

    private ReadRow Row(long line, string[] cells)
    {
        var least = format.Kind == FileKind.Fec ? Math.Min(FecColumns, Columns.Count) : Columns.Count;
        if (cells.Length < least || cells.Skip(Columns.Count).Any(cell => cell.Length > 0))
        {
            return Rejected(line, RejectReason.Columns(cells.Length, Columns.Count, Raw(Safe(cells))), cells);
        }

        List<string>? repaired = null;
        for (var i = 0; i < Math.Min(cells.Length, Columns.Count); i++)
        {
            if (_accents.AreForeign(cells[i]))
            {
                return Rejected(line, RejectReason.Encoding(Columns[i], StrayBytes.AsWindows(cells[i])), cells);
            }

            cells[i] = _accents.Restored(SafeText.Of(cells[i], out var replaced), ref replaced);
            cells[i] = format.Dates is DateOrder.MonthDayYear ? MonthFirstDates.Read(cells[i]) : cells[i];
            if (replaced)
            {
                (repaired ??= []).Add(Columns[i]);
            }
        }

        return new ReadRow.Kept(line, new RowFields(Columns, cells), (IReadOnlyList<string>?)repaired ?? []);
    }

    private ReadRow.Rejected Rejected(long line, RejectReason reason, string[] cells)
    {
        var safe = Safe(cells);
        var names = Columns.Concat(Enumerable.Range(Columns.Count + 1, Math.Max(0, safe.Length - Columns.Count)).Select(n => $"Colonne {n}"));
        return new ReadRow.Rejected(line, reason, RejectReason.Cut(Raw(safe)), new RowFields([.. names.Take(safe.Length)], safe));
    }

    private static string[] Safe(string[] cells) => Array.ConvertAll(
        cells[..Math.Min(cells.Length, SourceFile.MostColumns)], cell => SafeText.Of(StrayBytes.AsWindows(cell), out _));

    private string Raw(string[] cells) => string.Join(format.Delimiter, cells);

    private async Task<Record?> NextAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        _parser ??= NewParser();
        _badQuote = false;
        string[]? cells;
        try
        {
            cells = await _parser.ReadAsync() ? _parser.Record : null;
        }
        catch (MaxFieldSizeException)
        {
            return LeaveOneLine(RejectReason.TooLong(LongestCell));
        }

        if (cells is null)
        {
            return null;
        }

        if (_badQuote)
        {
            return LeaveOneLine(RejectReason.Quote(null, cells.FirstOrDefault(cell => cell.Contains('"')) ?? cells[^1]));
        }

        var length = (int)(_parser.CharCount - _parserCharacters);
        var first = _line + 1 + BlankLines(_text.SinceMark(length));
        _text.MarkAfter(length);
        (_parserCharacters, _line) = (_parser.CharCount, _parserLine + _parser.RawRow);
        return new Record(first, _line, cells, null, null);
    }

    // The line where the trouble begins is set aside; what follows it is read again by a new parser.
    private Record LeaveOneLine(RejectReason reason)
    {
        var read = _text.SinceMark(int.MaxValue);
        var blank = BlankLines(read);
        var start = read.IndexOfAnyExcept('\r', '\n');
        var length = read[start..].IndexOfAny('\r', '\n');
        var end = length < 0 ? read.Length : start + length;
        var raw = RejectReason.Cut(SafeText.Of(StrayBytes.AsWindows(read[start..end].ToString()), out _));
        if (end < read.Length)
        {
            end += read[end..].StartsWith("\r\n") ? 2 : 1;
        }

        var line = _line + 1 + blank;
        _text.MarkAfter(end);
        _text.Rewind();
        _parser = null;
        (_line, _parserLine, _parserCharacters) = (line, line, 0);
        return new Record(line, line, [], reason, raw);
    }

    private CsvParser NewParser() => new(_text, new CsvConfiguration(CultureInfo.InvariantCulture)
    {
        Delimiter = format.Delimiter.ToString(),
        Quote = format.Quote ?? '"',
        Escape = format.Quote ?? '"',
        Mode = format.Quote is null ? CsvMode.NoEscape : CsvMode.RFC4180,
        MaxFieldSize = LongestCell,
        IgnoreBlankLines = true,
        BadDataFound = cell => _badQuote |= cell.Field.StartsWith('"'), // a quote inside a cell is a sign like another
    }, leaveOpen: true);

    private static int BlankLines(ReadOnlySpan<char> text)
    {
        var leading = text[..Math.Max(0, text.IndexOfAnyExcept('\r', '\n'))];
        return leading.Count('\n') + leading.Count('\r') - leading.Count("\r\n");
    }

    private sealed record Record(long First, long Last, string[] Cells, RejectReason? Rejected, string? Raw);
}
