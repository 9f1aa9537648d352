using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Rcu.Matching.Text;

/// <summary>
/// Codes from 1, found by a 64-bit hash in one line of memory: a slot holds the upper 38 bits of the hash beside the code,
/// and its place tells the lower ones. Of ten million values, two are taken for one in some twenty thousand runs.
/// </summary>
internal sealed class HashSlots
{
    private const int CodeBits = 26;
    private const ulong CodeMask = (1UL << CodeBits) - 1;
    private const int Smallest = 2048;
    private ulong[] _slots = new ulong[Smallest];

    /// <summary>The code of a hash, or 0 and the slot where it would stand.</summary>
    public int Find(ulong hash, out int slot)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        for (slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            var held = slots[slot];
            if (held == 0 || ((held ^ hash) & ~CodeMask) == 0)
            {
                return (int)(held & CodeMask);
            }
        }
    }

    /// <summary>Fills the free slot that was found for a hash.</summary>
    /// <exception cref="InvalidOperationException">There are more than 67 million values.</exception>
    public void Fill(int slot, ulong hash, int code) => _slots[slot] = code <= (int)CodeMask
        ? (hash & ~CodeMask) | (uint)code
        : throw new InvalidOperationException($"A column holds at most {CodeMask} different values.");

    /// <summary>Whether so many codes leave too few free slots.</summary>
    public bool IsFull(int codes) => codes * 5L >= _slots.Length * 3L;

    /// <summary>Forgets all, and makes room for so many codes.</summary>
    public void Clear(int codes)
    {
        var size = _slots.Length;
        while (codes * 5L >= size * 3L)
        {
            size *= 2;
        }

        _slots = new ulong[size];
    }

    /// <summary>Places a code that is not there yet.</summary>
    public void Place(ulong hash, int code)
    {
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        Fill(slot, hash, code);
    }

    /// <summary>Asks for the memory in which a hash is looked for.</summary>
    public unsafe void Prefetch(ulong hash)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref _slots[(int)hash & (_slots.Length - 1)]));
        }
    }
}
