using System.Text;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>A set of words known in advance, asked about bytes: free mail domains, mailboxes that belong to nobody.</summary>
internal sealed class WordSet
{
    private readonly ByteTable _words = new();

    public WordSet(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            _words.Encode(Encoding.UTF8.GetBytes(word));
        }
    }

    public bool Contains(ReadOnlySpan<byte> word) => _words.Find(word) != 0;
}
