namespace Rcu.Matching.Text;

/// <summary>Codes for what is known by its 64-bit hash alone: combinations of values that are never shown. 0 is none.</summary>
internal sealed class CodeTable
{
    private ulong[] _hashes = new ulong[1024];
    private readonly HashSlots _slots = new();
    private int _temporaryFrom;

    public int Count { get; private set; } = 1;

    public int Encode(ulong hash)
    {
        if (hash == 0)
        {
            return 0;
        }

        if (_slots.Find(hash, out var slot) is > 0 and var known)
        {
            return known;
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
            _slots.Fill(slot, hash, Count - 1);
            if (_slots.IsFull(Count))
            {
                Place();
            }
        }

        return Count - 1;
    }

    /// <summary>Asks for the memory in which a hash is looked for.</summary>
    public void Prefetch(ulong hash) => _slots.Prefetch(hash);

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
        Place();
    }

    public void BeginTemporary() => _temporaryFrom = Count;

    public void EndTemporary() => (Count, _temporaryFrom) = (_temporaryFrom, 0);

    private void Place()
    {
        _slots.Clear(Count);
        for (var code = 1; code < Count; code++)
        {
            _slots.Place(_hashes[code], code);
        }
    }
}
