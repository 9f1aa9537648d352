using System.Buffers.Binary;
using System.Numerics;

namespace Rcu.Matching.Text;

/// <summary>
/// Which letters a folded text has, one bit each: an error changes two of them at most, so that two texts that differ in
/// more bits than that need not be compared letter by letter.
/// </summary>
internal static class Letters
{
    public static uint Of(ReadOnlySpan<byte> text)
    {
        uint letters = 0;
        foreach (var c in text)
        {
            letters |= 1u << (c & 31);
        }

        return letters;
    }

    /// <summary>The first eight letters, the first one lowest.</summary>
    public static ulong StartOf(ReadOnlySpan<byte> text)
    {
        Span<byte> start = stackalloc byte[sizeof(ulong)];
        start.Clear();
        text[..Math.Min(text.Length, start.Length)].CopyTo(start);
        return BinaryPrimitives.ReadUInt64LittleEndian(start);
    }

    /// <summary>Whether two texts begin with the same letters, eight at most.</summary>
    public static bool SameStart(ulong left, ulong right, int letters) =>
        letters == 0 || (left ^ right) << (64 - (8 * Math.Min(sizeof(ulong), letters))) == 0;

    /// <summary>Whether so many errors could make one text of the other.</summary>
    public static bool Within(uint left, uint right, int errors) => BitOperations.PopCount(left ^ right) <= 2 * errors;
}
