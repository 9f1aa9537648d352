using Rcu.Matching.Blocking;
using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>Company names as sets of words, each weighing what its rarity is worth: "Transports" says little, "Gaillard" much.</summary>
internal sealed class CompanyNameIndex
{
    private const double GenericBits = 3;
    private const int StartLength = 7;
    private readonly CompanyNames _reader;
    private readonly ByteTable _compacts = new();
    private readonly CodeTable _sorted = new();
    private readonly CodeTable _names = new();
    private readonly Column _column;
    private readonly Rarity _rarity = new(2e-4, 4096);
    private readonly byte[] _text = new byte[Folding.Longest + CompanyNames.MostWords];
    private CompanyNameFacts[] _facts = new CompanyNameFacts[1024];
    private int[] _words = new int[4096];

    // Of each known word, how rare it is and which letters it has.
    private (float Bits, uint Letters)[] _wordFacts = [];
    private int[] _holders = [];
    private (int First, int Second)[] _rarest = [];

    // Of each known name, how rare it is, and how rare its words are together.
    private (float Name, float Words)[] _bits = [];
    private (int Names, int Words) _known;
    private int _wordsUsed;
    private int _rows;

    public CompanyNameIndex(RowTable rows, int width, CompanyNames reader)
    {
        _reader = reader;
        _column = rows.Add(width);
    }

    public CompanyNames Reader => _reader;

    /// <summary>Whether nothing but the name tells where a company is.</summary>
    public bool IsAlone { get; set; }

    public ReadOnlySpan<int> Names(int row) => _column[row];

    public void Clear(int record) => _column.Clear(record);

    /// <summary>Adds a name, as canonical words, to a record of the batch.</summary>
    public void Add(int record, ReadOnlySpan<int> words)
    {
        if (words.Length == 0)
        {
            return;
        }

        ulong name = 0;
        foreach (var word in words)
        {
            name = Hash.With(name, _reader.Table.HashOf(word));
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

        _column.Add(record, code);
    }

    public void Complete(int rows, Func<int, int>? witness)
    {
        _rows = rows;
        _holders = new int[_reader.Count];
        for (var row = 0; row < rows; row++)
        {
            foreach (var word in WordsOf(_column.First(row)))
            {
                _holders[word]++;
            }
        }

        _wordFacts = new (float, uint)[_reader.Count];
        for (var word = 1; word < _wordFacts.Length; word++)
        {
            _wordFacts[word] = (BitsOf(word), Letters.Of(Word(word)));
        }

        _rarest = new (int, int)[_names.Count];
        for (var name = 1; name < _rarest.Length; name++)
        {
            _rarest[name] = RarestOf(name);
        }

        _rarity.Count(rows, NameHolders(rows, witness));
        _bits = new (float, float)[_names.Count];
        for (var name = 1; name < _bits.Length; name++)
        {
            _bits[name] = ((float)_rarity.Bits(_facts[name].Sorted), (float)SumOf(name));
        }

        _known = (_names.Count, _wordsUsed);
    }

    public void BeginTemporary()
    {
        _known = (_names.Count, _wordsUsed);
        _names.BeginTemporary();
        _sorted.BeginTemporary();
        _compacts.BeginTemporary();
        _reader.BeginTemporary();
    }

    public void EndTemporary()
    {
        _facts.AsSpan(_known.Names, _names.Count - _known.Names).Clear();
        _wordsUsed = _known.Words;
        _names.EndTemporary();
        _sorted.EndTemporary();
        _compacts.EndTemporary();
        _reader.EndTemporary();
    }

    public CompanyNameFacts Facts(int name) => _facts[name];

    public int First(int row) => _column.First(row);

    public ReadOnlySpan<int> WordsOf(int name) => _words.AsSpan(_facts[name].Words, _facts[name].Count);

    public ReadOnlySpan<byte> Word(int word) => _reader.Table.Bytes(word);

    public ReadOnlySpan<byte> CompactBytes(int name) => _compacts.Bytes(_facts[name].Compact);

    public ulong CompactHash(int name) => _compacts.HashOf(_facts[name].Compact);

    public double NameBits(int name) => name < _bits.Length ? _bits[name].Name : _rarity.Bits(_facts[name].Sorted);

    public double WordBits(int word) => word < _wordFacts.Length ? _wordFacts[word].Bits : BitsOf(word);

    public uint WordLetters(int word) => word < _wordFacts.Length ? _wordFacts[word].Letters : Letters.Of(Word(word));

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

        var length = _facts[name].Initials != 0 ? _facts[name].Count : CompactBytes(name).Length;
        return length is < 2 or > 6 ? 0
            : BlockingRule.Part(_facts[name].Initials != 0 ? _facts[name].Initials : CompactHash(name));
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

    private int[] NameHolders(int rows, Func<int, int>? witness)
    {
        var seen = new List<ulong>(rows);
        var holders = new int[_sorted.Count];
        for (var row = 0; row < rows; row++)
        {
            var by = witness is null ? row + 1 : witness(row);
            foreach (var name in _column[row])
            {
                if (name != 0 && by != 0)
                {
                    seen.Add(((ulong)(uint)_facts[name].Sorted << 32) | (uint)by);
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
            var text = _reader.Table.Bytes(words[i]);
            sorted += Hash.With(17, _reader.Table.HashOf(words[i]));
            letters[i] = text[0];
            text.CopyTo(_text.AsSpan(length));
            length += text.Length;
            if (!_reader.IsGeneric(words[i]) && !text.SequenceEqual("cie"u8))
            {
                said = said == 0 ? Hash.Of(text) : Hash.With(said, _reader.Table.HashOf(words[i]));
            }

            if (!_reader.IsGeneric(words[i]) && own < StartLength)
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
            BlockingRule.Prefix(beginning, StartLength), said, Letters.Of(compact));
    }

    private float BitsOf(int word)
    {
        var holders = word < _holders.Length ? Math.Max(1, _holders[word]) : 1;
        var bits = Math.Log2((_rows + 4096.0) / (holders + 2));
        var text = Word(word);
        bits = text.Length == 1 ? Math.Min(bits, 4) : text.Length == 2 ? Math.Min(bits, 7) : bits;
        return (float)(_reader.IsGeneric(word) ? Math.Min(bits, GenericBits) : bits);
    }
}
