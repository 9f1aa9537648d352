namespace Rcu.Matching.Text;

/// <summary>Codes for what is known by its 64-bit hash alone: combinations of values that are never shown. 0 is none.</summary>
internal sealed class CodeTable
{
    private ulong[] _hashes = new ulong[1024];
    private int[] _slots = new int[2048];
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
        while (_slots[slot] != 0 && _hashes[_slots[slot]] != hash)
        {
            slot = (slot + 1) & mask;
        }

        if (_slots[slot] != 0)
        {
            return _slots[slot];
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
            _slots[slot] = Count - 1;
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
        var slots = new int[size];
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
