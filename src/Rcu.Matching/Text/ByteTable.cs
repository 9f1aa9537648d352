using System.Numerics;
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
    private Entry[] _entries = new Entry[1024];

    private readonly HashSlots _slots = new();
    private int _used;
    private int _temporaryFrom;

    // The signs are one bit for each character that occurs, the characters being parted in sixteen.
    private readonly record struct Entry(ulong Hash, uint Start, ushort Length, ushort Signs);

    public int Count { get; private set; } = 1;

    /// <summary>Whether new values are those of a record that is only looked up: found again, but kept out of the table.</summary>
    public bool IsTemporary => _temporaryFrom > 0;

    public int Encode(ReadOnlySpan<byte> value) => Encode(value, Hash.Of(value));

    /// <summary>The code of a value whose hash is known.</summary>
    public int Encode(ReadOnlySpan<byte> value, ulong hash)
    {
        if (value.Length == 0)
        {
            return 0;
        }

        value = value.Length > ushort.MaxValue ? value[..ushort.MaxValue] : value;
        if (_slots.Find(hash, out var slot) is > 0 and var known)
        {
            return known;
        }

        for (var code = _temporaryFrom; IsTemporary && code < Count; code++)
        {
            if (_entries[code].Hash == hash)
            {
                return code;
            }
        }

        Append(value, hash);
        if (!IsTemporary)
        {
            _slots.Fill(slot, hash, Count - 1);
            if (_slots.IsFull(Count))
            {
                Place();
            }
        }

        return Count - 1;
    }

    /// <summary>Asks for the memory in which a value of this hash is looked for.</summary>
    public void Prefetch(ulong hash) => _slots.Prefetch(hash);

    /// <summary>The code of a known value, or 0.</summary>
    public int Find(ReadOnlySpan<byte> value) => value.Length == 0 ? 0 : _slots.Find(Hash.Of(value), out _);

    public ulong HashOf(int code) => _entries[code].Hash;

    public ReadOnlySpan<byte> Bytes(int code)
    {
        ref readonly var entry = ref _entries[code];
        return _pages[(int)(entry.Start >> PageBits)].AsSpan((int)(entry.Start & (PageSize - 1)), entry.Length);
    }

    /// <summary>Whether one typing error parts two values. Most are told apart without reading them.</summary>
    public bool OneErrorApart(int left, int right)
    {
        ref readonly var a = ref _entries[left];
        ref readonly var b = ref _entries[right];
        return Math.Abs(a.Length - b.Length) <= 1 && BitOperations.PopCount((uint)(a.Signs ^ b.Signs)) <= 2
            && Levenshtein.OneErrorApart(Bytes(left), Bytes(right));
    }

    public string? Text(int code) => code == 0 ? null : Encoding.ASCII.GetString(Bytes(code));

    /// <summary>Gives the values other codes: <paramref name="order"/> names the former code of each, from 1.</summary>
    public void Renumber(ReadOnlySpan<int> order)
    {
        var (pages, entries) = (_pages.ToArray(), _entries);
        _pages.Clear();
        _pages.Add(new byte[PageSize]);
        (_entries, _used, Count) = (new Entry[order.Length + 1], 0, 1);
        foreach (var former in order)
        {
            var entry = entries[former];
            Append(pages[(int)(entry.Start >> PageBits)].AsSpan((int)(entry.Start & (PageSize - 1)), entry.Length), entry.Hash);
        }

        Place();
    }

    public void BeginTemporary() => _temporaryFrom = Count;

    public void EndTemporary()
    {
        if (Count > _temporaryFrom)
        {
            var start = _entries[_temporaryFrom].Start;
            _used = (int)(start & (PageSize - 1));
            _pages.RemoveRange((int)(start >> PageBits) + 1, _pages.Count - (int)(start >> PageBits) - 1);
        }

        (Count, _temporaryFrom) = (_temporaryFrom, 0);
    }

    private void Append(ReadOnlySpan<byte> value, ulong hash)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        if (_used + value.Length > PageSize)
        {
            _pages.Add(new byte[PageSize]);
            _used = 0;
        }

        _entries[Count] = new Entry(hash, ((uint)(_pages.Count - 1) << PageBits) | (uint)_used, (ushort)value.Length, SignsOf(value));
        value.CopyTo(_pages[^1].AsSpan(_used));
        _used += value.Length;
        Count++;
    }

    private static ushort SignsOf(ReadOnlySpan<byte> value)
    {
        var signs = 0;
        foreach (var c in value)
        {
            signs |= 1 << (c & 15);
        }

        return (ushort)signs;
    }

    private void Place()
    {
        _slots.Clear(Count);
        for (var code = 1; code < Count; code++)
        {
            _slots.Place(_entries[code].Hash, code);
        }
    }
}
