using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Rcu.Matching.Blocking;
using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>The distinct company names of a set, and what is known of each once and for all.</summary>
internal sealed class CompanyNameStore(CompanyNames reader)
{
    private const int StartLength = 7;
    private readonly ByteTable _compacts = new();
    private readonly CodeTable _sorted = new();
    private readonly CodeTable _names = new();
    private readonly byte[] _text = new byte[Folding.Longest + CompanyNames.MostWords];
    private CompanyNameFacts[] _facts = new CompanyNameFacts[1024];
    private int[] _words = new int[4096];
    private (int Names, int Words) _known;
    private int _wordsUsed;

    public int Count => _names.Count;

    /// <summary>How many names there are, the order of their words aside.</summary>
    public int SortedCount => _sorted.Count;

    /// <summary>The code of a name given as canonical words.</summary>
    public int Encode(ReadOnlySpan<int> words)
    {
        ulong name = 0;
        foreach (var word in words)
        {
            name = Hash.With(name, reader.Table.HashOf(word));
        }

        var code = _names.Encode(name);
        if (code >= _facts.Length)
        {
            Array.Resize(ref _facts, _facts.Length * 2);
        }

        if (_facts[code].Count == 0)
        {
            _facts[code] = Describe(words);
        }

        return code;
    }

    public ref readonly CompanyNameFacts Facts(int name) => ref _facts[name];

    public unsafe void Prefetch(int name)
    {
        ref var facts = ref _facts[name];
        Sse.Prefetch0(Unsafe.AsPointer(ref facts));
        Sse.Prefetch0((byte*)Unsafe.AsPointer(ref facts) + Unsafe.SizeOf<CompanyNameFacts>() - 1);
    }

    public ReadOnlySpan<int> WordsOf(int name) => _words.AsSpan(_facts[name].Words, _facts[name].Count);

    public ReadOnlySpan<byte> CompactBytes(int name) => _compacts.Bytes(_facts[name].Compact);

    public ulong CompactHash(int name) => _compacts.HashOf(_facts[name].Compact);

    /// <summary>Puts the names in the order in which the rows bear them: neighbours are then close in memory.</summary>
    public void Follow(Column column, int rows)
    {
        var (newOf, order) = (new int[Count], new List<int>(Count));
        for (var row = 0; row < rows; row++)
        {
            foreach (ref var name in column.Writable(row))
            {
                if (name != 0)
                {
                    if (newOf[name] == 0)
                    {
                        order.Add(name);
                        newOf[name] = order.Count;
                    }

                    name = newOf[name];
                }
            }
        }

        Renumber(CollectionsMarshal.AsSpan(order));
    }

    private void Renumber(ReadOnlySpan<int> order)
    {
        var (facts, words, used) = (new CompanyNameFacts[Math.Max(1024, order.Length + 1)], new int[_words.Length], 0);
        var (compacts, compactOf) = (new List<int>(order.Length), new int[_compacts.Count]);
        for (var i = 0; i < order.Length; i++)
        {
            var former = _facts[order[i]];
            _words.AsSpan(former.Words, former.Count).CopyTo(words.AsSpan(used));
            if (compactOf[former.Compact] == 0)
            {
                compacts.Add(former.Compact);
                compactOf[former.Compact] = compacts.Count;
            }

            facts[i + 1] = former with { Words = used, Compact = compactOf[former.Compact] };
            used += former.Count;
        }

        (_facts, _words, _wordsUsed) = (facts, words, used);
        _names.Renumber(order);
        _compacts.Renumber(CollectionsMarshal.AsSpan(compacts));
    }

    public void BeginTemporary()
    {
        _known = (_names.Count, _wordsUsed);
        _names.BeginTemporary();
        _sorted.BeginTemporary();
        _compacts.BeginTemporary();
    }

    public void EndTemporary()
    {
        _facts.AsSpan(_known.Names, _names.Count - _known.Names).Clear();
        _wordsUsed = _known.Words;
        _names.EndTemporary();
        _sorted.EndTemporary();
        _compacts.EndTemporary();
    }

    private CompanyNameFacts Describe(ReadOnlySpan<int> words)
    {
        var start = _wordsUsed;
        if (start + words.Length > _words.Length)
        {
            Array.Resize(ref _words, _words.Length * 2);
        }

        ulong sorted = 0;
        ulong initials = 0;
        var (length, own) = (0, 0);
        Span<byte> letters = stackalloc byte[CompanyNames.MostWords];
        Span<byte> begins = stackalloc byte[StartLength];
        ulong said = 0;
        for (var i = 0; i < words.Length; i++)
        {
            var text = reader.Table.Bytes(words[i]);
            sorted += Hash.With(17, reader.Table.HashOf(words[i]));
            letters[i] = text[0];
            text.CopyTo(_text.AsSpan(length));
            length += text.Length;
            if (!reader.IsGeneric(words[i]) && !text.SequenceEqual("cie"u8))
            {
                said = said == 0 ? Hash.Of(text) : Hash.With(said, reader.Table.HashOf(words[i]));
            }

            if (!reader.IsGeneric(words[i]) && own < StartLength)
            {
                var taken = text[..Math.Min(text.Length, StartLength - own)];
                taken.CopyTo(begins[own..]);
                own += taken.Length;
            }

            if (!_words.AsSpan(start, _wordsUsed - start).Contains(words[i]))
            {
                _words[_wordsUsed++] = words[i];
            }
        }

        if (words.Length > 1)
        {
            initials = Hash.Of(letters[..words.Length]);
        }

        var compact = _text.AsSpan(0, length);
        var beginning = own == 0 ? compact[..Math.Min(StartLength, length)] : begins[..own];
        return new CompanyNameFacts(
            start, _wordsUsed - start, _sorted.Encode(sorted == 0 ? 1 : sorted), _compacts.Encode(compact), initials,
            BlockingRule.Prefix(beginning, StartLength), said, Letters.Of(compact), length);
    }
}
