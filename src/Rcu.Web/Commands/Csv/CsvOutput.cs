using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rcu.Web.Commands.Csv;

/// <summary>
/// A delimited file as UTF-8, under a temporary name until it is whole: what bears the final name was never written by half.
/// </summary>
internal sealed class CsvOutput : IDisposable
{
    private const int Flushed = 1024 * 1024;

    private readonly string _path;
    private readonly string _temporary;
    private readonly byte _separator;
    private readonly byte[] _lineEnd;
    private readonly SearchValues<byte> _quoted;
    private readonly FileStream _file;
    private readonly ArrayBufferWriter<byte> _buffer = new(Flushed + 65536);
    private bool _atStart = true;
    private bool _whole;

    /// <param name="marked">Whether the file begins with the mark by which a spreadsheet knows UTF-8.</param>
    public CsvOutput(string path, byte separator, string lineEnd, bool marked)
    {
        (_path, _separator, _lineEnd) = (Path.GetFullPath(path), separator, Encoding.UTF8.GetBytes(lineEnd));
        _temporary = Path.Combine(Path.GetDirectoryName(_path)!, $".{Path.GetFileName(_path)}.{Environment.ProcessId}.tmp");
        _quoted = SearchValues.Create([separator, (byte)'"', (byte)'\n', (byte)'\r']);
        _file = new FileStream(_temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        if (marked)
        {
            _buffer.Write(Encoding.UTF8.Preamble);
        }
    }

    /// <summary>Why nothing could be written under that name; null when it could.</summary>
    public static Error? Refusal(string path)
    {
        try
        {
            using var probe = new CsvOutput(path, (byte)',', "\n", marked: false);
            return Directory.Exists(path) ? CsvErrors.Folder(path) : null;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException or ArgumentException)
        {
            return CsvErrors.Unwritable(path, refused);
        }
    }

    /// <summary>A cell, between quotes when it needs them.</summary>
    public void Cell(ReadOnlySpan<byte> value)
    {
        Separate();
        if (!value.ContainsAny(_quoted))
        {
            _buffer.Write(value);
            return;
        }

        _buffer.Write("\""u8);
        while (value.IndexOf((byte)'"') is >= 0 and var quote)
        {
            _buffer.Write(value[..(quote + 1)]);
            _buffer.Write("\""u8);
            value = value[(quote + 1)..];
        }

        _buffer.Write(value);
        _buffer.Write("\""u8);
    }

    public void Cell(string value) => Cell(Encoding.UTF8.GetBytes(value));

    /// <summary>A text of ours, which a spreadsheet must not take for a formula.</summary>
    public void SafeCell(string value) => Cell(value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{value}" : value);

    public void Cell(double value, string format) => Cell(value.ToString(format, CultureInfo.InvariantCulture));

    public void Cell(int value)
    {
        Separate();
        value.TryFormat(_buffer.GetSpan(16), out var length, default, CultureInfo.InvariantCulture);
        _buffer.Advance(length);
    }

    /// <summary>Cells as they are written already.</summary>
    public void Written(ReadOnlySpan<byte> cells)
    {
        Separate();
        _buffer.Write(cells);
    }

    public void EndRow()
    {
        _buffer.Write(_lineEnd);
        _atStart = true;
        if (_buffer.WrittenCount >= Flushed)
        {
            Flush();
        }
    }

    /// <summary>Gives the file its name, in the place of the one that bore it.</summary>
    public void Commit()
    {
        Flush();
        _file.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _whole = true;
    }

    public void Dispose()
    {
        _file.Dispose();
        if (!_whole)
        {
            File.Delete(_temporary);
        }
    }

    private void Separate()
    {
        if (!_atStart)
        {
            _buffer.Write([_separator]);
        }

        _atStart = false;
    }

    private void Flush()
    {
        _file.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
