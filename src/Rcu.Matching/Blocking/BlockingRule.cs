namespace Rcu.Matching.Blocking;

/// <summary>Writes the keys of a record under one rule (0 is none) and returns how many.</summary>
internal delegate int KeyWriter(int row, Span<ulong> keys);

/// <summary>Records that share a key of a rule are worth comparing.</summary>
/// <param name="Slots">How many keys a record may have.</param>
/// <param name="About">The comparisons that its keys decide in advance: they have nothing to learn from its pairs.</param>
/// <param name="IsWide">It finds what no surer rule does, among many others: its large blocks are cut down first.</param>
internal sealed record BlockingRule(string Name, int Slots, string[] About, KeyWriter Writer, bool IsWide = false)
{
    public const int MostKeys = 4;

    /// <summary>One block of all records.</summary>
    public static readonly BlockingRule Everything = new(
        "everything",
        1,
        [],
        (_, keys) =>
        {
            keys[0] = 1;
            return 1;
        },
        IsWide: true);

    private const int WideShare = 8;
    private const int SmallestWide = 8;
    private const int NarrowWindow = 2;

    /// <summary>How many neighbours by name on each side a record of a large block is compared with.</summary>
    public int WindowOf(int cap) => IsWide ? NarrowWindow : Math.Max(4, cap / 8);

    /// <summary>The largest block of this rule that is compared in full, for the cap of the surest rules.</summary>
    public int CapOf(int cap) => IsWide ? Math.Max(SmallestWide, cap / WideShare) : cap;

    /// <summary>Writes the different keys of a record, and returns how many.</summary>
    public int KeysOf(int row, Span<uint> keys)
    {
        Span<ulong> written = stackalloc ulong[MostKeys];
        var count = Writer(row, written);
        var kept = 0;
        for (var i = 0; i < count && kept < Slots; i++)
        {
            var key = (uint)(written[i] ^ (written[i] >> 32));
            if (written[i] != 0 && !keys[..kept].Contains(key))
            {
                keys[kept++] = key;
            }
        }

        return kept;
    }

    /// <summary>One key of several parts; 0 when one is missing.</summary>
    public static ulong Key(params ReadOnlySpan<int> parts)
    {
        var key = 0xcbf29ce484222325UL;
        foreach (var part in parts)
        {
            if (part == 0)
            {
                return 0;
            }

            key = (key ^ (uint)part) * 0x9E3779B97F4A7C15UL;
            key ^= key >> 29;
        }

        return key == 0 ? 1 : key;
    }

    /// <summary>A hash as a part of a key.</summary>
    public static int Part(ulong hash) => hash == 0 ? 0 : Math.Max(1, (int)(hash >> 33));

    /// <summary>The first letters as a part of a key; 0 when there are fewer.</summary>
    public static int Prefix(ReadOnlySpan<byte> text, int length)
    {
        if (text.Length < length)
        {
            return 0;
        }

        var part = 17;
        foreach (var c in text[..length])
        {
            part = (part * 131) + c;
        }

        return part == 0 ? 1 : part;
    }
}
