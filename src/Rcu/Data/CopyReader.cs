using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Rcu.Data;

/// <summary>Reads the rows of a query as the server's binary copy gives them: millions of rows, no object per row or value.</summary>
internal sealed class CopyReader : IDisposable
{
    private const int Header = 19;
    private readonly Stream _stream;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private byte[] _buffer = new byte[1 << 18];
    private int _from;
    private int _to;

    private CopyReader(Stream stream, int columns) => (_stream, _starts, _lengths) = (stream, new int[columns], new int[columns]);

    /// <param name="query">Constant text of the caller, with no parameter.</param>
    public static async Task<CopyReader> OpenAsync(NpgsqlConnection connection, int columns, string query, CancellationToken ct)
    {
        var stream = await connection.BeginRawBinaryCopyAsync($"copy ({query}) to stdout (format binary)", ct);
        var reader = new CopyReader(stream, columns);
        reader.Need(Header);
        reader._from += Header;
        return reader;
    }

    /// <summary>Goes to the next row; false after the last one.</summary>
    public bool Read()
    {
        Need(2);
        var columns = BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_from));
        if (columns < 0)
        {
            _ = _stream.Read(_buffer, 0, _buffer.Length); // the server's own end of the copy
            return false;
        }

        // Places are kept from the row's beginning: reading on may move it to the front of the buffer.
        var at = 2;
        for (var column = 0; column < columns; column++)
        {
            Need(at + 4);
            var length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_from + at));
            at += 4;
            (_starts[column], _lengths[column]) = (at, length);
            at += Math.Max(0, length);
        }

        Need(at);
        for (var column = 0; column < columns; column++)
        {
            _starts[column] += _from;
        }

        _from += at;
        return true;
    }

    /// <summary>The bytes of a value, empty when there is none; they hold until the next row.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => _buffer.AsSpan(_starts[column], Math.Max(0, _lengths[column]));

    public bool IsNull(int column) => _lengths[column] < 0;

    public Guid Guid(int column) => new(Bytes(column), bigEndian: true);

    public string? Text(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(Bytes(column));

    /// <summary>An instant as the server counts it: microseconds since 2000.</summary>
    public long Instant(int column) => BinaryPrimitives.ReadInt64BigEndian(Bytes(column));

    public void Dispose() => _stream.Dispose();

    // Makes sure that so many bytes from the row's beginning are in the buffer.
    private void Need(int bytes)
    {
        while (_to - _from < bytes)
        {
            if (_from + bytes > _buffer.Length)
            {
                var larger = bytes > _buffer.Length ? new byte[Math.Max(bytes, _buffer.Length * 2)] : _buffer;
                Buffer.BlockCopy(_buffer, _from, larger, 0, _to - _from);
                (_buffer, _to, _from) = (larger, _to - _from, 0);
            }

            var read = _stream.Read(_buffer, _to, _buffer.Length - _to);
            _to += read > 0 ? read : throw new EndOfStreamException("The copy ended in the middle of a row.");
        }
    }
}
