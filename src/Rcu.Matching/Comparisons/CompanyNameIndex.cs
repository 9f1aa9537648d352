using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>Company names as sets of words, each weighing what its rarity is worth: "Transports" says little, "Gaillard" much.</summary>
internal sealed class CompanyNameIndex
{
    private const double GenericBits = 3;
    private readonly ValueTable _names = new();
    private readonly ValueTable _words = new();
    private readonly ValueTable _keys = new();
    private readonly Column _column = new(4);
    private readonly Column _sorted = new(4);
    private readonly List<int[]> _wordsOf = [[]];
    private readonly List<int> _sortedKey = [0];
    private readonly List<int> _compactKey = [0];
    private readonly List<int> _initials = [0];
    private readonly List<float> _wordBits = [0];
    private readonly Rarity _nameRarity = new(2e-4, 4096);
    private int[] _holders = [];
    private int _rows;

    public void Reserve(int rows)
    {
        _column.Reserve(rows);
        _sorted.Reserve(rows);
    }

    public void Store(int row, List<List<string>> names)
    {
        _column.Clear(row);
        _sorted.Clear(row);
        foreach (var words in names)
        {
            var code = _names.Encode(string.Join(' ', words));
            if (code == _wordsOf.Count)
            {
                Describe(words);
            }

            _column.Add(row, code);
            _sorted.Add(row, _sortedKey[code]);
        }
    }

    public void Complete(int rows, Func<int, int>? witness)
    {
        _rows = rows;
        _holders = new int[_words.Count];
        for (var row = 0; row < rows; row++)
        {
            foreach (var word in _wordsOf[_column.First(row)])
            {
                _holders[word]++;
            }
        }

        for (var word = 1; word < _wordBits.Count; word++)
        {
            _wordBits[word] = BitsOf(word);
        }

        _nameRarity.Count(_sorted, rows, _keys.Count, witness);
    }

    public int NameOf(int row) => _column.First(row);

    public ReadOnlySpan<int> Sorted(int row) => _sorted[row];

    public int Compact(int row) => _compactKey[_column.First(row)];

    public int Initials(int row) => _initials[_column.First(row)];

    public ReadOnlySpan<byte> CompactBytes(int row) => _keys.Bytes(Compact(row));

    public string? Show(int row) => _names.Text(_column.First(row));

    /// <summary>The codes of the record's words, the rarest first.</summary>
    public int Rarest(int row, Span<int> words)
    {
        var all = _wordsOf[_column.First(row)];
        var count = Math.Min(words.Length, all.Length);
        Span<bool> used = stackalloc bool[16];
        for (var i = 0; i < count; i++)
        {
            var best = -1;
            for (var j = 0; j < Math.Min(all.Length, 16); j++)
            {
                if (!used[j] && (best < 0 || _wordBits[all[j]] > _wordBits[all[best]]))
                {
                    best = j;
                }
            }

            if (best < 0)
            {
                return i;
            }

            used[best] = true;
            words[i] = all[best];
        }

        return count;
    }

    public double WordBits(int word) => _wordBits[word];

    public (NameSimilarity Level, double Bits) Compare(int left, int right)
    {
        var best = (Level: NameSimilarity.Missing, Bits: 0.0);
        foreach (var a in _column[left])
        {
            foreach (var b in _column[right])
            {
                if (a != 0 && b != 0)
                {
                    var one = CompareNames(a, b);
                    if (best.Level == NameSimilarity.Missing || one.Level < best.Level
                        || (one.Level == best.Level && one.Bits > best.Bits))
                    {
                        best = one;
                    }
                }
            }
        }

        return best;
    }

    private (NameSimilarity Level, double Bits) CompareNames(int a, int b)
    {
        if (_sortedKey[a] == _sortedKey[b] || _compactKey[a] == _compactKey[b])
        {
            return (NameSimilarity.Same, Math.Min(_nameRarity.Bits(_sortedKey[a]), Sum(_wordsOf[a]) + 1));
        }

        var overlap = WordOverlap.Of(_words, _wordBits, _wordsOf[a], _wordsOf[b]);
        var compactA = _keys.Bytes(_compactKey[a]);
        var compactB = _keys.Bytes(_compactKey[b]);
        var longest = Math.Max(compactA.Length, compactB.Length);
        if (overlap.Dice < .9 && longest >= 5
            && Levenshtein.Distance(compactA, compactB) <= Math.Max(1, longest / 9)
            && SameDigits(compactA, compactB))
        {
            var bits = Math.Min(_nameRarity.Bits(_sortedKey[a]), _nameRarity.Bits(_sortedKey[b]));
            return (NameSimilarity.Near, Math.Min(bits, Math.Min(Sum(_wordsOf[a]), Sum(_wordsOf[b]))));
        }

        if (overlap.Dice >= .9)
        {
            return (NameSimilarity.Near, overlap.Bits);
        }

        if (overlap.Dice >= .68 || (overlap.Contained >= .95 && overlap.Bits >= 7))
        {
            return (NameSimilarity.Similar, overlap.Bits);
        }

        if (IsAcronym(a, b) || IsAcronym(b, a))
        {
            return (NameSimilarity.Acronym, 0);
        }

        return overlap.Dice >= .4 && overlap.Bits >= 5
            ? (NameSimilarity.Partial, overlap.Bits)
            : (NameSimilarity.Different, 0);
    }

    private bool IsAcronym(int shorter, int longer) =>
        _initials[longer] != 0 && _wordsOf[longer].Length >= 2 && _compactKey[shorter] == _initials[longer];

    // "Lot 1" and "Lot 2" are one character apart and two buildings.
    private static bool SameDigits(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int sumA = 0, sumB = 0;
        foreach (var c in a)
        {
            sumA += c is >= (byte)'0' and <= (byte)'9' ? c : 0;
        }

        foreach (var c in b)
        {
            sumB += c is >= (byte)'0' and <= (byte)'9' ? c : 0;
        }

        return sumA == sumB;
    }

    private double Sum(int[] words)
    {
        double sum = 0;
        foreach (var word in words)
        {
            sum += _wordBits[word];
        }

        return sum;
    }

    private void Describe(List<string> words)
    {
        _wordsOf.Add([.. words.Distinct(StringComparer.Ordinal).Select(WordCode)]);
        _sortedKey.Add(_keys.Encode(string.Concat(words.Order(StringComparer.Ordinal))));
        _compactKey.Add(_keys.Encode(string.Concat(words)));
        _initials.Add(words.Count > 1 ? _keys.Encode(string.Concat(words.Select(word => word[0]))) : 0);
    }

    private int WordCode(string word)
    {
        var code = _words.Encode(word);
        if (code == _wordBits.Count)
        {
            _wordBits.Add(0);
            _wordBits[code] = _rows > 0 ? BitsOf(code) : 0;
        }

        return code;
    }

    private float BitsOf(int word)
    {
        var holders = word < _holders.Length ? Math.Max(1, _holders[word]) : 1;
        var bits = Math.Log2((_rows + 4096.0) / (holders + 2));
        var text = _words.Text(word)!;
        bits = text.Length == 1 ? Math.Min(bits, 4) : text.Length == 2 ? Math.Min(bits, 7) : bits;
        return (float)(Lexicons.GenericWords.Contains(text) ? Math.Min(bits, GenericBits) : bits);
    }
}
