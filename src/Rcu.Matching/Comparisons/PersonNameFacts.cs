using Rcu.Matching.Normalisation;

namespace Rcu.Matching.Comparisons;

/// <summary>What tells most pairs of names apart without reading their letters.</summary>
/// <param name="Start">The first eight letters.</param>
/// <param name="Letters">Which letters it has.</param>
/// <param name="Diminutive">Its code among the names that have short forms; 0 when it is none.</param>
internal readonly record struct PersonNameFacts(ulong Start, uint Letters, int Diminutive, ushort Length, bool HasSpace)
{
    public static PersonNameFacts Of(ReadOnlySpan<byte> name) => new(
        Text.Letters.StartOf(name), Text.Letters.Of(name), Diminutives.CodeOf(name), (ushort)name.Length, name.Contains((byte)' '));

    public bool HasFirstLetterOf(in PersonNameFacts other) => (byte)Start == (byte)other.Start;

    /// <summary>Whether both begin with the same letters, as far as is known here.</summary>
    public bool MayStartAs(in PersonNameFacts other, int letters) => Text.Letters.SameStart(Start, other.Start, letters);
}
