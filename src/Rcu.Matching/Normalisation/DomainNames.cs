using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>Whether a web domain only writes a name again: then the two agreeing says hardly more than one.</summary>
internal static class DomainNames
{
    private const int ShortestLabel = 4;
    private const int ShortestWord = 3;
    private const int MostWords = 12;

    // Two letters in ten may be others.
    private const int Stray = 5;

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

        Span<Range> words = stackalloc Range[MostWords];
        words = words[..Split(name, words)];
        var (at, left) = (0, label.Length / Stray);
        while (at < label.Length)
        {
            var length = WordAt(label[at..], name, words);
            at += Math.Max(1, length);
            left -= length == 0 ? 1 : 0;
            if (left < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int Split(ReadOnlySpan<byte> name, Span<Range> words)
    {
        var count = 0;
        for (var i = 0; i < name.Length && count < words.Length;)
        {
            var start = i;
            while (i < name.Length && Folding.IsWordByte(name[i]))
            {
                i++;
            }

            if (i - start >= ShortestWord)
            {
                words[count++] = start..i;
            }

            i++;
        }

        return count;
    }

    // The longest word of the name that stands here, or the beginning of one that the label cuts short.
    private static int WordAt(ReadOnlySpan<byte> label, ReadOnlySpan<byte> name, ReadOnlySpan<Range> words)
    {
        var longest = 0;
        foreach (var range in words)
        {
            var word = name[range];
            if (word[0] == label[0])
            {
                var common = word.CommonPrefixLength(label);
                if (common >= ShortestWord && common > longest && (common == word.Length || common == label.Length))
                {
                    longest = common;
                }
            }
        }

        return longest;
    }
}
