namespace Rcu.Reference.Register;

/// <summary>
/// Reads a file as Insee publishes it (UTF-8, commas, quotes doubled) as bytes: millions of rows, no object per row or value. One whose
/// headers hold more semicolons than commas is parted by them.
/// </summary>
internal sealed class OfficialCsv(Stream stream) : IRegisterRows
{
    private const int LongestRow = 1 << 20;
    private const byte Quote = (byte)'"';

    private readonly byte[] _buffer = new byte[2 * LongestRow];
    private readonly List<(int Start, int Length)> _fields = new(64);
    private readonly List<int> _doubled = [];
    private int _from;
    private int _to;
    private bool _ended;
    private byte _separator = (byte)',';

    /// <summary>The row read last, counted from 1 for the headers.</summary>
    public long Row { get; private set; }

    public int Count => _fields.Count;

    /// <summary>How far the file was read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>A value of the row; it holds until the next one.</summary>
    public ReadOnlySpan<byte> this[int field] => _buffer.AsSpan(_fields[field].Start, _fields[field].Length);

    /// <summary>Goes to the next row that holds something; false after the last one.</summary>
    public bool Read()
    {
        if (Row == 0 && !_ended)
        {
            Fill();
            if (_buffer.AsSpan(0, _to).StartsWith("\uFEFF"u8))
            {
                _from = 3;
            }

            var headers = _buffer.AsSpan(_from, _to - _from);
            headers = headers.IndexOf((byte)'\n') is >= 0 and var end ? headers[..end] : headers;
            _separator = headers.Count((byte)';') > headers.Count((byte)',') ? (byte)';' : (byte)',';
        }

        while (true)
        {
            while (!_ended && _from >= _to)
            {
                Fill();
            }

            if (_from >= _to)
            {
                return false;
            }

            if (!TryRow())
            {
                Fill();
                continue;
            }

            Row++;
            if (Count > 1 || this[0].Length > 0)
            {
                return true;
            }
        }
    }

    // False when the row goes on beyond what is in the buffer.
    private bool TryRow()
    {
        _fields.Clear();
        _doubled.Clear();
        var at = _from;
        while (true)
        {
            var end = at < _to && _buffer[at] == Quote && IsOpening(at) ? Quoted(at) : Plain(at);
            if (end < 0)
            {
                return false;
            }

            var last = end >= _to || _buffer[end] == (byte)'\n';
            at = end + 1;
            if (last)
            {
                _from = Math.Min(at, _to);
                _doubled.ForEach(Undouble);
                return true;
            }
        }
    }

    private bool IsOpening(int at) => at == _from || _buffer[at - 1] == _separator;

    // The place of the comma or the line's end after a value; -1 when it is not in the buffer yet.
    private int Plain(int at)
    {
        var length = _buffer.AsSpan(at, _to - at).IndexOfAny(_separator, (byte)'\n');
        if (length < 0 && !_ended)
        {
            return -1;
        }

        var end = length < 0 ? _to : at + length;
        var isLast = end >= _to || _buffer[end] == (byte)'\n';
        _fields.Add((at, isLast && end > at && _buffer[end - 1] == (byte)'\r' ? end - at - 1 : end - at));
        return end;
    }

    private int Quoted(int at)
    {
        var start = at + 1;
        var close = start;
        var doubled = false;
        while (true)
        {
            var length = _buffer.AsSpan(close, _to - close).IndexOf(Quote);
            if (length < 0)
            {
                // A quote that never closes is a character like another.
                return _ended ? Plain(at) : -1;
            }

            close += length;
            if (close + 1 >= _to && !_ended)
            {
                return -1;
            }

            if (close + 1 >= _to || _buffer[close + 1] != Quote)
            {
                break;
            }

            doubled = true;
            close += 2;
        }

        var rest = _buffer.AsSpan(close, _to - close).IndexOfAny(_separator, (byte)'\n');
        if (rest < 0 && !_ended)
        {
            return -1;
        }

        _fields.Add((start, close - start));
        if (doubled)
        {
            _doubled.Add(_fields.Count - 1);
        }

        return rest < 0 ? _to : close + rest;
    }

    // A doubled quote stands for one. Done when the row is known to be whole: it is not read again.
    private void Undouble(int field)
    {
        var (start, length) = _fields[field];
        var to = start;
        for (var from = start; from < start + length; from++)
        {
            _buffer[to++] = _buffer[from];
            from += _buffer[from] == Quote ? 1 : 0;
        }

        _fields[field] = (start, to - start);
    }

    private void Fill()
    {
        _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
        (_to, _from) = (_to - _from, 0);
        if (_to > LongestRow)
        {
            throw new InvalidDataException($"Row {Row + 1} is longer than a register's row can be.");
        }

        var read = stream.Read(_buffer, _to, _buffer.Length - _to);
        _ended = read == 0;
        _to += read;
        BytesRead += read;
    }
}
