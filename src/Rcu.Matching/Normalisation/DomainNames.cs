using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>Whether a web domain only writes a name again: then the two agreeing says hardly more than one.</summary>
internal static class DomainNames
{
    private const int ShortestLabel = 4;
    private const int ShortestWord = 3;
    private const double Most = .8;

    /// <param name="name">Folded.</param>
    public static bool IsMadeOf(ReadOnlySpan<byte> domain, ReadOnlySpan<byte> name)
    {
        Span<byte> letters = stackalloc byte[Folding.Longest];
        var dot = domain.IndexOf((byte)'.');
        domain = dot > 0 ? domain[..dot] : domain;
        domain.CopyTo(letters);
        var label = letters[..Folding.Squeeze(letters[..domain.Length])];
        if (label.Length < ShortestLabel)
        {
            return false;
        }

        var (told, at) = (0, 0);
        while (at < label.Length)
        {
            var length = WordAt(label[at..], name);
            told += length;
            at += Math.Max(1, length);
        }

        return told >= Most * label.Length;
    }

    // The longest word of the name that stands here, or the beginning of one that the label cuts short.
    private static int WordAt(ReadOnlySpan<byte> label, ReadOnlySpan<byte> name)
    {
        var longest = 0;
        var words = new Words(name);
        while (words.Next(out var word))
        {
            var common = word.CommonPrefixLength(label);
            if (common >= ShortestWord && common > longest && (common == word.Length || common == label.Length))
            {
                longest = common;
            }
        }

        return longest;
    }
}
