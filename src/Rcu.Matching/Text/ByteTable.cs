using System.Text;

namespace Rcu.Matching.Text;

/// <summary>
/// The distinct values of a column as bytes: equality is a comparison of codes, similarity reads the bytes. 0 is no value.
/// About thirty bytes a value beside its own; written by one thread at a time.
/// </summary>
internal sealed class ByteTable
{
    private const int PageBits = 20;
    private const int PageSize = 1 << PageBits;
    private readonly List<byte[]> _pages = [new byte[PageSize]];
    private ulong[] _hashes = new ulong[1024];
    private uint[] _starts = new uint[1024];
    private ushort[] _lengths = new ushort[1024];
    private int[] _slots = new int[2048];
    private int _used;
    private int _temporaryFrom;

    public int Count { get; private set; } = 1;

    /// <summary>Whether new values are those of a record that is only looked up: found again, but kept out of the table.</summary>
    public bool IsTemporary => _temporaryFrom > 0;

    public int Encode(ReadOnlySpan<byte> value) => value.Length == 0 ? 0 : Encode(value, Hash.Of(value));

    /// <summary>The code of a value whose hash is known.</summary>
    public int Encode(ReadOnlySpan<byte> value, ulong hash)
    {
        value = value.Length > ushort.MaxValue ? value[..ushort.MaxValue] : value;
        var slot = SlotOf(value, hash);
        if (_slots[slot] != 0)
        {
            return _slots[slot];
        }

        for (var code = _temporaryFrom; IsTemporary && code < Count; code++)
        {
            if (_hashes[code] == hash && Bytes(code).SequenceEqual(value))
            {
                return code;
            }
        }

        Append(value, hash);
        if (!IsTemporary)
        {
            _slots[slot] = Count - 1;
            Grow();
        }

        return Count - 1;
    }

    /// <summary>The code of a known value, or 0.</summary>
    public int Find(ReadOnlySpan<byte> value) => value.Length == 0 ? 0 : _slots[SlotOf(value, Hash.Of(value))];

    public ulong HashOf(int code) => _hashes[code];

    public ReadOnlySpan<byte> Bytes(int code) =>
        _pages[(int)(_starts[code] >> PageBits)].AsSpan((int)(_starts[code] & (PageSize - 1)), _lengths[code]);

    public string? Text(int code) => code == 0 ? null : Encoding.ASCII.GetString(Bytes(code));

    public void BeginTemporary() => _temporaryFrom = Count;

    public void EndTemporary()
    {
        if (Count > _temporaryFrom)
        {
            var start = _starts[_temporaryFrom];
            _used = (int)(start & (PageSize - 1));
            _pages.RemoveRange((int)(start >> PageBits) + 1, _pages.Count - (int)(start >> PageBits) - 1);
        }

        (Count, _temporaryFrom) = (_temporaryFrom, 0);
    }

    private void Append(ReadOnlySpan<byte> value, ulong hash)
    {
        if (Count == _hashes.Length)
        {
            Array.Resize(ref _hashes, Count * 2);
            Array.Resize(ref _starts, Count * 2);
            Array.Resize(ref _lengths, Count * 2);
        }

        if (_used + value.Length > PageSize)
        {
            _pages.Add(new byte[PageSize]);
            _used = 0;
        }

        _hashes[Count] = hash;
        _starts[Count] = ((uint)(_pages.Count - 1) << PageBits) | (uint)_used;
        _lengths[Count] = (ushort)value.Length;
        value.CopyTo(_pages[^1].AsSpan(_used));
        _used += value.Length;
        Count++;
    }

    private int SlotOf(ReadOnlySpan<byte> value, ulong hash)
    {
        var mask = _slots.Length - 1;
        for (var slot = (int)(hash & (uint)mask); ; slot = (slot + 1) & mask)
        {
            var code = _slots[slot];
            if (code == 0 || (_hashes[code] == hash && Bytes(code).SequenceEqual(value)))
            {
                return slot;
            }
        }
    }

    private void Grow()
    {
        if (Count * 5L < _slots.Length * 3L)
        {
            return;
        }

        var slots = new int[_slots.Length * 2];
        var mask = slots.Length - 1;
        for (var code = 1; code < Count; code++)
        {
            var slot = (int)(_hashes[code] & (uint)mask);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = code;
        }

        _slots = slots;
    }
}
