using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>What is known of a word of company names: how rare it is, and what tells it from most others without reading it.</summary>
/// <param name="Start">Its first eight letters.</param>
/// <param name="IsNumber">It tells two companies of one name apart.</param>
/// <param name="IsRelative">It makes a company the parent or the owner of another of the same name.</param>
internal readonly record struct WordFacts(
    ulong Start, float Bits, uint Letters, ushort Length, bool HasDigit, bool IsNumber, bool IsRelative)
{
    public bool HasFirstLetterOf(in WordFacts other) => (byte)Start == (byte)other.Start;

    /// <summary>Whether both begin with the same letters, as far as is known here.</summary>
    public bool MayStartAs(in WordFacts other, int letters) => Text.Letters.SameStart(Start, other.Start, letters);

    public static WordFacts Of(ReadOnlySpan<byte> word, float bits, bool isNumber, bool isRelative) => new(
        Text.Letters.StartOf(word), bits, Text.Letters.Of(word), (ushort)word.Length, DigitText.HasDigit(word), isNumber, isRelative);
}
