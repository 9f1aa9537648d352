using System.Numerics;
using System.Runtime.CompilerServices;

namespace Rcu.Web.Commands.Csv;

/// <summary>
/// Reads a delimited text row by row in a memory that does not grow with it, without a string per cell. A quote counts where
/// a cell begins; one that is never closed is a sign like another, so that it spoils its own cell and no other row.
/// </summary>
internal sealed class CsvScanner(Utf8Bytes bytes, byte separator) : IDisposable
{
    /// <summary>The longest quoted cell: an unclosed quote would otherwise make one of the whole file.</summary>
    private const int LongestQuoted = 1024 * 1024;

    private const int LongestRow = 256 * 1024 * 1024;

    private readonly CsvCells _cells = new();
    private byte[] _buffer = new byte[256 * 1024];
    private int _end;
    private int _window = -CsvMarks.Window;
    private ulong _marks;
    private bool _ended;
    private int _row;
    private int _rowEnd;
    private int _next;
    private long _newLines = 1;
    private byte[]? _again;

    /// <summary>How many cells the row has.</summary>
    public int Count => _cells.Count;

    /// <summary>The line of the file the row begins on, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>A quote of the row was never closed, or something follows the one that closes.</summary>
    public bool HasBrokenQuote { get; private set; }

    /// <summary>The row as written, without its line end.</summary>
    public ReadOnlySpan<byte> Raw => _buffer.AsSpan(_row, _rowEnd - _row);

    public Utf8Bytes Bytes => bytes;

    /// <summary>How many rows were passed over so far.</summary>
    public int Passed { get; private set; }

    /// <summary>What a cell says; empty beyond the last. The span holds until the next cell is asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Value(int cell)
    {
        // ="00123" is how a spreadsheet is told that digits are text.
        var text = Content(cell);
        return text.Length > 2 && text[0] == (byte)'=' && text[1] == CsvCells.Quote && text[^1] == CsvCells.Quote ? text[2..^1] : text;
    }

    /// <summary>The same as it stands in the cell, without the quotes around it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Content(int cell) => _cells.Content(_buffer, cell);

    /// <summary>The first cells of the row, as written.</summary>
    public ReadOnlySpan<byte> RawFirst(int cells) => _buffer.AsSpan(_row, _cells.EndOf(cells) - _row);

    /// <summary>Goes to the next row that is not blank; false at the end of the text.</summary>
    public bool Next()
    {
        while (ScanRow())
        {
            if (_again is not null && Raw.SequenceEqual(_again))
            {
                Passed++;
            }
            else if (Count > 1 || _rowEnd > _row)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>From now on rows that are written exactly so do not come.</summary>
    public void PassOver(ReadOnlySpan<byte> row) => _again = row.ToArray();

    public void Dispose() => bytes.Dispose();

    private bool ScanRow()
    {
        (_row, Line) = (_next, _newLines);
        var at = _next;
        _cells.Clear();
        HasBrokenQuote = false;
        while (true)
        {
            if (at == _end && !_ended)
            {
                at = Refill();
                continue;
            }

            if (at == _end && Count == 0)
            {
                return false;
            }

            var quoted = at < _end && _buffer[at] == CsvCells.Quote ? ScanQuoted(at) : at;
            var end = quoted < 0 ? -1 : FindEnd(quoted);
            if (end < 0)
            {
                at = Refill();
                continue;
            }

            if (quoted == at)
            {
                _cells.Add(at, end, CsvCells.Form.Plain);
            }
            else if (quoted != end)
            {
                // What follows a closing quote is kept with the cell.
                HasBrokenQuote = true;
                _cells.Trail(end);
            }

            if (end < _end && _buffer[end] == separator)
            {
                at = end + 1;
                if (at == _end && _ended)
                {
                    _cells.Add(at, at, CsvCells.Form.Plain);
                    return EndRow(at);
                }

                continue;
            }

            return EndRow(end);
        }
    }

    // The separator, line end or end of text after a place; -1 when more text is needed to see it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindEnd(int from)
    {
        for (var at = from; at < _end; at = _window + CsvMarks.Window)
        {
            if ((uint)(at - _window) >= CsvMarks.Window)
            {
                (_window, _marks) = (at, CsvMarks.Of(_buffer.AsSpan(at, CsvMarks.Window), separator));
            }

            if (_marks >> (at - _window) is not 0 and var marks)
            {
                var end = at + BitOperations.TrailingZeroCount(marks);
                return end >= _end ? AtEnd()
                    : _buffer[end] == (byte)'\r' && end + 1 == _end && !_ended ? -1
                    : end;
            }
        }

        return AtEnd();
    }

    private int AtEnd() => _ended ? _end : -1;

    // The place after the closing quote, its cell added; the place itself when the quote closes nothing; -1: more text is needed.
    private int ScanQuoted(int from)
    {
        var (at, form) = (from + 1, CsvCells.Form.Quoted);
        while (true)
        {
            var found = _buffer.AsSpan(at, _end - at).IndexOf(CsvCells.Quote);
            if (found < 0 || at + found + 1 == _end && !_ended)
            {
                if (!_ended && _end - from < LongestQuoted)
                {
                    return -1;
                }
            }

            if (found < 0 || at + found - from > LongestQuoted)
            {
                HasBrokenQuote = true;
                return from;
            }

            at += found + 1;
            if (at == _end || _buffer[at] != CsvCells.Quote)
            {
                break;
            }

            (at, form) = (at + 1, CsvCells.Form.Doubled);
        }

        var content = _buffer.AsSpan(from + 1, at - from - 2);
        if (content.IndexOfAny((byte)'\n', (byte)'\r') >= 0)
        {
            // Text after a quote that closes a cell of several lines: it was the opening quote of another cell.
            if (at < _end && _buffer[at] != separator && _buffer[at] is not ((byte)'\n' or (byte)'\r'))
            {
                HasBrokenQuote = true;
                return from;
            }

            _newLines += content.Count((byte)'\n') + content.Count((byte)'\r') - content.Count("\r\n"u8);
        }

        _cells.Add(from + 1, at - 1, form);
        return at;
    }

    private bool EndRow(int end)
    {
        _rowEnd = end;
        _next = end == _end ? end
            : _buffer[end] == (byte)'\r' && end + 1 < _end && _buffer[end + 1] == (byte)'\n' ? end + 2
            : end + 1;
        _newLines++;
        return true;
    }

    // Reads on behind the row begun, which is then scanned again from its start.
    private int Refill()
    {
        _buffer.AsSpan(_row, _end - _row).CopyTo(_buffer);
        (_end, _row) = (_end - _row, 0);
        if (_end > _buffer.Length / 2)
        {
            if (_buffer.Length >= LongestRow)
            {
                throw new InvalidDataException($"Line {Line} is longer than {LongestRow} bytes.");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        // A window may look past the end of the text.
        var read = bytes.Read(_buffer.AsSpan(_end, _buffer.Length - _end - CsvMarks.Window));
        _end += read;
        (_ended, _window) = (read == 0, -CsvMarks.Window);
        _cells.Clear();
        (HasBrokenQuote, _newLines, _next) = (false, Line, 0);
        return 0;
    }
}
