using System.Buffers;

namespace Rcu.Benchmarks.Matching;

/// <summary>The least that reading a comma-separated file asks for: its bytes parted into fields, nothing decoded nor kept.</summary>
internal sealed class CsvBytes(Stream file) : IDisposable
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create(",\"\n"u8);
    private readonly List<(int Start, int Length)> _fields = [];
    private byte[] _buffer = new byte[1 << 20];
    private int _start;
    private int _end;

    public int Count => _fields.Count;

    public ReadOnlySpan<byte> this[int field] => _buffer.AsSpan(_fields[field].Start, _fields[field].Length);

    /// <summary>Goes to the next row; false at the end of the file.</summary>
    public bool Read()
    {
        while (true)
        {
            if (_start < _end && Split())
            {
                return true;
            }

            if (!Fill())
            {
                return false;
            }
        }
    }

    public void Dispose() => file.Dispose();

    // False when the row does not end in what was read so far.
    private bool Split()
    {
        _fields.Clear();
        var from = _start;
        for (var at = _start; at < _end;)
        {
            var found = _buffer.AsSpan(at, _end - at).IndexOfAny(Marks);
            if (found < 0)
            {
                return false;
            }

            at += found;
            if (_buffer[at] == '"')
            {
                var close = _buffer.AsSpan(at + 1, _end - at - 1).IndexOf((byte)'"');
                if (close < 0)
                {
                    return false;
                }

                at += close + 2;
                continue;
            }

            _fields.Add(Unquoted(from, at));
            from = at + 1;
            if (_buffer[at++] == '\n')
            {
                _start = at;
                return true;
            }
        }

        return false;
    }

    // Quotes inside the quotes are doubled: the field is written again in its own place, shorter.
    private (int Start, int Length) Unquoted(int from, int to)
    {
        to = to > from && _buffer[to - 1] == '\r' ? to - 1 : to;
        if (to - from < 2 || _buffer[from] != '"')
        {
            return (from, to - from);
        }

        var inner = _buffer.AsSpan((from + 1)..(to - 1));
        if (inner.IndexOf((byte)'"') < 0)
        {
            return (from + 1, inner.Length);
        }

        var length = 0;
        for (var i = 0; i < inner.Length; i++)
        {
            inner[length++] = inner[i];
            i += inner[i] == '"' ? 1 : 0;
        }

        return (from + 1, length);
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = file.Read(_buffer, _end, _buffer.Length - _end);
        if (read == 0 && _end > 0 && _buffer[_end - 1] != '\n')
        {
            (_buffer[_end], read) = ((byte)'\n', 1); // the last row of a file may have no end
        }

        _end += read;
        return read > 0;
    }
}
