using System.Text;

namespace Rcu.Matching.Text;

/// <summary>The folding of bytes for what is read as strings: the few values that are rare or read once.</summary>
internal static class AsciiText
{
    public static List<string> Words(string text)
    {
        Span<byte> folded = stackalloc byte[Folding.Longest];
        var words = new Words(folded[..Folding.Fold(Encoding.UTF8.GetBytes(text), folded)]);
        var read = new List<string>(4);
        while (words.Next(out var word))
        {
            read.Add(Encoding.ASCII.GetString(word));
        }

        return read;
    }

    public static string LettersAndDigits(string text) => string.Concat(Words(text));
}
