namespace Rcu.Matching.Text;

/// <summary>Codes for what is known by its 64-bit hash alone: combinations of values that are never shown. 0 is none.</summary>
internal sealed class CodeTable
{
    private const ulong Tag = 0xFFFFFFFF00000000;
    private ulong[] _hashes = new ulong[1024];

    // The upper half of the hash, then the code: a look-up reads one line of memory.
    private ulong[] _slots = new ulong[2048];
    private int _temporaryFrom;

    public int Count { get; private set; } = 1;

    public int Encode(ulong hash)
    {
        if (hash == 0)
        {
            return 0;
        }

        var mask = _slots.Length - 1;
        var slot = (int)(hash & (uint)mask);
        for (var held = _slots[slot]; held != 0; held = _slots[slot])
        {
            if (((held ^ hash) & Tag) == 0 && _hashes[(int)(uint)held] == hash)
            {
                return (int)(uint)held;
            }

            slot = (slot + 1) & mask;
        }

        for (var code = _temporaryFrom; _temporaryFrom > 0 && code < Count; code++)
        {
            if (_hashes[code] == hash)
            {
                return code;
            }
        }

        if (Count == _hashes.Length)
        {
            Array.Resize(ref _hashes, Count * 2);
        }

        _hashes[Count++] = hash;
        if (_temporaryFrom == 0)
        {
            _slots[slot] = (hash & Tag) | (uint)(Count - 1);
            Grow();
        }

        return Count - 1;
    }

    public ulong HashOf(int code) => _hashes[code];

    /// <summary>Gives the hashes other codes: <paramref name="order"/> names the former code of each, from 1.</summary>
    public void Renumber(ReadOnlySpan<int> order)
    {
        var hashes = new ulong[order.Length + 1];
        for (var i = 0; i < order.Length; i++)
        {
            hashes[i + 1] = _hashes[order[i]];
        }

        (_hashes, Count) = (hashes, order.Length + 1);
        Place(_slots.Length);
    }

    public void BeginTemporary() => _temporaryFrom = Count;

    public void EndTemporary() => (Count, _temporaryFrom) = (_temporaryFrom, 0);

    private void Grow()
    {
        if (Count * 5L < _slots.Length * 3L)
        {
            return;
        }

        Place(_slots.Length * 2);
    }

    private void Place(int size)
    {
        var slots = new ulong[size];
        var mask = slots.Length - 1;
        for (var code = 1; code < Count; code++)
        {
            var slot = (int)(_hashes[code] & (uint)mask);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = (_hashes[code] & Tag) | (uint)code;
        }

        _slots = slots;
    }
}
