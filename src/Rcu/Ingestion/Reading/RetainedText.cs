namespace Rcu.Ingestion.Reading;

/// <summary>
/// Text being read that remembers what was read since the last mark, so that a line whose quotes are wrong
/// can be left behind and the following ones read again.
/// </summary>
internal sealed class RetainedText(TextReader inner) : TextReader
{
    private char[] _kept = new char[32 * 1024];
    private int _mark;
    private int _next;
    private int _length;

    /// <summary>Forgets so many characters from the mark: they are done with.</summary>
    public void MarkAfter(int characters) => _mark += characters;

    /// <summary>What was read since the mark, up to a length.</summary>
    public ReadOnlySpan<char> SinceMark(int characters) => _kept.AsSpan(_mark, Math.Min(characters, _length - _mark));

    /// <summary>Everything read since the mark will be read again.</summary>
    public void Rewind() => _next = _mark;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (_next < _length)
        {
            return Again(buffer);
        }

        var read = inner.Read(buffer);
        Keep(buffer[..read]);
        return read;
    }

    public override async Task<int> ReadAsync(char[] buffer, int index, int count) =>
        await ReadAsync(buffer.AsMemory(index, count), CancellationToken.None);

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        if (_next < _length)
        {
            return Again(buffer.Span);
        }

        var read = await inner.ReadAsync(buffer, cancellationToken);
        Keep(buffer.Span[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }

    private int Again(Span<char> buffer)
    {
        var read = Math.Min(buffer.Length, _length - _next);
        _kept.AsSpan(_next, read).CopyTo(buffer);
        _next += read;
        return read;
    }

    private void Keep(ReadOnlySpan<char> read)
    {
        if (_length + read.Length > _kept.Length)
        {
            var kept = _length - _mark;
            var room = kept + read.Length > _kept.Length ? new char[(kept + read.Length) * 2] : _kept;
            Array.Copy(_kept, _mark, room, 0, kept);
            (_kept, _mark, _length) = (room, 0, kept);
        }

        read.CopyTo(_kept.AsSpan(_length));
        _length += read.Length;
        _next = _length;
    }
}
