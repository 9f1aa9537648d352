using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Rcu.Matching.Blocking;
using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>Company names as sets of words, each weighing what its rarity is worth: "Transports" says little, "Gaillard" much.</summary>
internal sealed class CompanyNameIndex
{
    private const double GenericBits = 3;
    private const int Part = 1 << 16;
    private readonly CompanyNames _reader;
    private readonly CompanyNameStore _store;
    private readonly Column _column;
    private readonly Rarity _rarity = new(2e-4, 4096);

    // Of each known word.
    private WordFacts[] _wordFacts = [];
    private int[] _holders = [];
    private (int First, int Second)[] _rarest = [];

    // Of each known name, how rare it is, and how rare its words are together.
    private (float Name, float Words)[] _bits = [];
    private int _rows;

    public CompanyNameIndex(RowTable rows, int width, CompanyNames reader)
    {
        _reader = reader;
        _store = new CompanyNameStore(reader);
        _column = rows.Add(width);
    }

    public CompanyNames Reader => _reader;

    public ReadOnlySpan<int> Names(int row) => _column[row];

    public void Clear(int record) => _column.Clear(record);

    /// <summary>Adds a name, as canonical words, to a record of the batch.</summary>
    public void Add(int record, ReadOnlySpan<int> words)
    {
        if (words.Length == 0)
        {
            return;
        }

        _column.Add(record, _store.Encode(words));
    }

    public void Complete(int rows, Func<int, int>? witness)
    {
        _rows = rows;
        _store.Follow(_column, rows);
        var holders = Array.Empty<int>();
        Parallel.Invoke(() => _holders = WordHolders(rows), () => holders = NameHolders(rows, witness));
        _wordFacts = new WordFacts[_reader.Count];
        InParts(_wordFacts.Length, word => _wordFacts[word] = Describe(word));
        _rarest = new (int, int)[_store.Count];
        InParts(_rarest.Length, name => _rarest[name] = RarestOf(name));
        _rarity.Count(rows, holders);
        _bits = new (float, float)[_store.Count];
        InParts(_bits.Length, name => _bits[name] = ((float)_rarity.Bits(_store.Facts(name).Sorted), (float)SumOf(name)));
    }

    // Each on its own, from 1.
    private static void InParts(int count, Action<int> act) => Parallel.For(0, (count + Part - 1) / Part, part =>
    {
        for (var one = Math.Max(1, part * Part); one < Math.Min(count, (part + 1) * Part); one++)
        {
            act(one);
        }
    });

    /// <summary>Asks for what is known of a row's name.</summary>
    public unsafe void Prefetch(int row)
    {
        var name = _column.First(row);
        if (Sse.IsSupported && name < _bits.Length)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref _bits[name]));
            _store.Prefetch(name);
        }
    }

    public void BeginTemporary()
    {
        _store.BeginTemporary();
        _reader.BeginTemporary();
    }

    public void EndTemporary()
    {
        _store.EndTemporary();
        _reader.EndTemporary();
    }

    public ref readonly CompanyNameFacts Facts(int name) => ref _store.Facts(name);

    public int First(int row) => _column.First(row);

    public ReadOnlySpan<int> WordsOf(int name) => _store.WordsOf(name);

    public ReadOnlySpan<byte> Word(int word) => _reader.Table.Bytes(word);

    public ReadOnlySpan<byte> CompactBytes(int name) => _store.CompactBytes(name);

    public ulong CompactHash(int name) => _store.CompactHash(name);

    public double NameBits(int name) => name < _bits.Length ? _bits[name].Name : _rarity.Bits(_store.Facts(name).Sorted);

    public double WordBits(int word) => word < _wordFacts.Length ? _wordFacts[word].Bits : BitsOf(word);

    public WordFacts WordFacts(int word) => word < _wordFacts.Length ? _wordFacts[word] : Describe(word);

    public double SumOfBits(int name) => name < _bits.Length ? _bits[name].Words : SumOf(name);

    private double SumOf(int name)
    {
        double sum = 0;
        foreach (var word in WordsOf(name))
        {
            sum += WordBits(word);
        }

        return sum;
    }

    /// <summary>The rarity of the rarest name of a record.</summary>
    public double MostBits(int row)
    {
        var most = 0.0;
        foreach (var name in _column[row])
        {
            most = name == 0 ? most : Math.Max(most, NameBits(name) + CompanyNamePair.MostBonus);
        }

        return most;
    }

    /// <summary>The initials of a name of several words, or a short name that may be those of another; 0 for none.</summary>
    public int Acronym(int row)
    {
        var name = First(row);
        if (name == 0)
        {
            return 0;
        }

        var length = _store.Facts(name).Initials != 0 ? _store.Facts(name).Count : CompactBytes(name).Length;
        return length is < 2 or > 6 ? 0
            : BlockingRule.Part(_store.Facts(name).Initials != 0 ? _store.Facts(name).Initials : CompactHash(name));
    }

    public string? Show(int row)
    {
        var name = First(row);
        return name == 0 ? null : string.Join(' ', WordsOf(name).ToArray().Select(_reader.Table.Text));
    }

    /// <summary>The codes of the record's rarest words, the rarest first; two at most.</summary>
    public int Rarest(int row, Span<int> words)
    {
        var name = First(row);
        var (first, second) = name < _rarest.Length ? _rarest[name] : RarestOf(name);
        words[0] = first;
        if (words.Length > 1)
        {
            words[1] = second;
        }

        return first == 0 ? 0 : second == 0 || words.Length == 1 ? 1 : 2;
    }

    private (int First, int Second) RarestOf(int name)
    {
        var (first, second) = (0, 0);
        foreach (var word in WordsOf(name))
        {
            if (first == 0 || WordBits(word) > WordBits(first))
            {
                (first, second) = (word, first);
            }
            else if (second == 0 || WordBits(word) > WordBits(second))
            {
                second = word;
            }
        }

        return (first, second);
    }

    private int[] WordHolders(int rows)
    {
        var holders = new int[_reader.Count];
        for (var row = 0; row < rows; row++)
        {
            foreach (var word in WordsOf(_column.First(row)))
            {
                holders[word]++;
            }
        }

        return holders;
    }

    private int[] NameHolders(int rows, Func<int, int>? witness)
    {
        var seen = new List<ulong>(rows);
        var holders = new int[_store.SortedCount];
        for (var row = 0; row < rows; row++)
        {
            var by = witness is null ? row + 1 : witness(row);
            foreach (var name in _column[row])
            {
                if (name != 0 && by != 0)
                {
                    seen.Add(((ulong)(uint)_store.Facts(name).Sorted << 32) | (uint)by);
                }
            }
        }

        var sorted = RadixSort.Sort(seen);
        for (var i = 0; i < sorted.Length; i++)
        {
            holders[(int)(sorted[i] >> 32)] += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
        }

        return holders;
    }

    private WordFacts Describe(int word) =>
        Comparisons.WordFacts.Of(Word(word), BitsOf(word), _reader.IsNumber(word), _reader.IsRelative(word));

    private float BitsOf(int word)
    {
        var holders = word < _holders.Length ? Math.Max(1, _holders[word]) : 1;
        var bits = Math.Log2((_rows + 4096.0) / (holders + 2));
        var text = Word(word);
        bits = text.Length == 1 ? Math.Min(bits, 4) : text.Length == 2 ? Math.Min(bits, 7) : bits;
        return (float)(_reader.IsGeneric(word) ? Math.Min(bits, GenericBits) : bits);
    }
}
