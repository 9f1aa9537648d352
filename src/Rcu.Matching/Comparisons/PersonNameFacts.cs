using System.Runtime.InteropServices;
using Rcu.Matching.Normalisation;

namespace Rcu.Matching.Comparisons;

/// <summary>What tells most pairs of names apart without reading their letters.</summary>
/// <param name="Start">The first eight letters, the first one lowest.</param>
/// <param name="Letters">Which letters it has.</param>
/// <param name="Diminutive">Its code among the names that have short forms; 0 when it is none.</param>
internal readonly record struct PersonNameFacts(ulong Start, uint Letters, int Diminutive, ushort Length, bool HasSpace)
{
    public static PersonNameFacts Of(ReadOnlySpan<byte> name)
    {
        Span<byte> start = stackalloc byte[sizeof(ulong)];
        start.Clear();
        name[..Math.Min(name.Length, start.Length)].CopyTo(start);
        return new PersonNameFacts(
            MemoryMarshal.Read<ulong>(start), Rcu.Matching.Text.Letters.Of(name), Diminutives.CodeOf(name), (ushort)name.Length, name.Contains((byte)' '));
    }

    public bool HasFirstLetterOf(in PersonNameFacts other) => (byte)Start == (byte)other.Start;

    /// <summary>Whether both begin with the same letters, eight at most.</summary>
    public bool StartsAs(in PersonNameFacts other, int letters)
    {
        var unread = 64 - (8 * Math.Min(8, letters));
        return unread == 64 || (Start ^ other.Start) << unread == 0;
    }
}
