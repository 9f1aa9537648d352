namespace Rcu.Matching.Normalisation;

/// <summary>What the towns met last were read as: they come back by the thousand, each a folding and some look-ups.</summary>
internal sealed class TownMemo
{
    private const int Slots = 1 << 15;
    private const int MostWords = 4;
    private readonly ulong[] _hashes = new ulong[Slots];
    private readonly byte[] _counts = new byte[Slots];
    private readonly int[] _words = new int[Slots * MostWords];

    /// <summary>The words of a town, if they are remembered.</summary>
    public bool TryGet(ulong hash, out ReadOnlySpan<int> words)
    {
        var slot = (int)hash & (Slots - 1);
        words = _words.AsSpan(slot * MostWords, _counts[slot]);
        return _hashes[slot] == hash;
    }

    /// <summary>Remembers a town in the place of another.</summary>
    public void Keep(ulong hash, ReadOnlySpan<int> words)
    {
        if (words.Length <= MostWords)
        {
            var slot = (int)hash & (Slots - 1);
            (_hashes[slot], _counts[slot]) = (hash, (byte)words.Length);
            words.CopyTo(_words.AsSpan(slot * MostWords));
        }
    }
}
