using System.Text;
using Rcu.Matching.Blocking;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>Company names as sets of words, each weighing what its rarity is worth: "Transports" says little, "Gaillard" much.</summary>
internal sealed class CompanyNameIndex
{
    private const double GenericBits = 3;
    private const int StartLength = 7;
    private const double RareBits = 6;
    private readonly ValueTable _names = new();
    private readonly ValueTable _words = new();
    private readonly ValueTable _keys = new();
    private readonly Column _column = new(4);
    private readonly Column _sorted = new(4);
    private readonly List<Facts> _facts = [new([], 0, 0, 0, 0)];
    private readonly List<float> _wordBits = [0];
    private readonly Rarity _nameRarity = new(2e-4, 4096);
    private int[] _holders = [];
    private (int Names, int Words, int Keys) _known;
    private int _rows;

    /// <summary>What is known of one distinct name: its words, and codes of ways to write it.</summary>
    private readonly record struct Facts(int[] Words, int Sorted, int Compact, int Initials, int Start);

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
            if (code == _facts.Count)
            {
                _facts.Add(Describe(words));
            }

            _column.Add(row, code);
            _sorted.Add(row, _facts[code].Sorted);
        }
    }

    public void Complete(int rows, Func<int, int>? witness)
    {
        _rows = rows;
        _holders = new int[_words.Count];
        for (var row = 0; row < rows; row++)
        {
            foreach (var word in _facts[_column.First(row)].Words)
            {
                _holders[word]++;
            }
        }

        for (var word = 1; word < _wordBits.Count; word++)
        {
            _wordBits[word] = BitsOf(word);
        }

        _nameRarity.Count(_sorted, rows, _keys.Count, witness);
        _known = (_names.Count, _words.Count, _keys.Count);
    }

    public void Forget(int row)
    {
        _column.Clear(row);
        _sorted.Clear(row);
        _names.Forget(_known.Names);
        _words.Forget(_known.Words);
        _keys.Forget(_known.Keys);
        _facts.RemoveRange(_known.Names, _facts.Count - _known.Names);
        _wordBits.RemoveRange(_known.Words, _wordBits.Count - _known.Words);
    }

    public int NameOf(int row) => _column.First(row);

    public ReadOnlySpan<int> Sorted(int row) => _sorted[row];

    public int Compact(int row) => _facts[_column.First(row)].Compact;

    /// <summary>The initials of a name of several words, or a short name that may be those of another; 0 for none.</summary>
    public int Acronym(int row)
    {
        var name = _column.First(row);
        var code = _facts[name].Words.Length > 1 ? _facts[name].Initials : _facts[name].Compact;
        return _keys.Bytes(code).Length is >= 2 and <= 6 ? code : 0;
    }

    /// <summary>How the name begins, words that say nothing left out; 0 when it is short.</summary>
    public int Start(int row) => _facts[_column.First(row)].Start;

    public ReadOnlySpan<byte> CompactBytes(int row) => _keys.Bytes(Compact(row));

    public string? Show(int row) => _names.Text(_column.First(row));

    /// <summary>The codes of the record's words, the rarest first.</summary>
    public int Rarest(int row, Span<int> words)
    {
        var all = _facts[_column.First(row)].Words;
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
        if (_facts[a].Sorted == _facts[b].Sorted || _facts[a].Compact == _facts[b].Compact)
        {
            return (NameSimilarity.Same, Math.Min(_nameRarity.Bits(_facts[a].Sorted), Sum(_facts[a].Words) + 1));
        }

        var overlap = WordOverlap.Of(_words, _wordBits, _facts[a].Words, _facts[b].Words);
        var compactA = _keys.Bytes(_facts[a].Compact);
        var compactB = _keys.Bytes(_facts[b].Compact);
        var longest = Math.Max(compactA.Length, compactB.Length);
        if (overlap.Dice < .9 && longest >= 5
            && Levenshtein.Distance(compactA, compactB) <= Math.Max(1, longest / 9)
            && DigitText.SameDigits(compactA, compactB))
        {
            var bits = Math.Min(_nameRarity.Bits(_facts[a].Sorted), _nameRarity.Bits(_facts[b].Sorted));
            return (NameSimilarity.Near, Math.Min(bits, Math.Min(Sum(_facts[a].Words), Sum(_facts[b].Words))));
        }

        // Words go together: what they share is never rarer than one name among all. And where each has a rare
        // word of its own, they are two branches, two towns, two subsidiaries.
        var shared = Math.Min(overlap.Bits, Math.Min(_nameRarity.Bits(_facts[a].Sorted), _nameRarity.Bits(_facts[b].Sorted)));
        if (overlap.Dice >= .9)
        {
            return (NameSimilarity.Near, shared);
        }

        if (overlap.Apart < RareBits && (overlap.Dice >= .68 || (overlap.Contained >= .95 && overlap.Bits >= 7)))
        {
            return (NameSimilarity.Similar, shared);
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
        _facts[longer].Initials != 0 && _facts[longer].Words.Length >= 2 && _facts[shorter].Compact == _facts[longer].Initials;

    private double Sum(int[] words)
    {
        double sum = 0;
        foreach (var word in words)
        {
            sum += _wordBits[word];
        }

        return sum;
    }

    private Facts Describe(List<string> words)
    {
        var own = words.Where(word => !Lexicons.GenericWords.Contains(word)).ToList();
        var begins = Encoding.ASCII.GetBytes(string.Concat(own.Count > 0 ? own : words));
        return new Facts(
            [.. words.Distinct(StringComparer.Ordinal).Select(WordCode)],
            _keys.Encode(string.Concat(words.Order(StringComparer.Ordinal))),
            _keys.Encode(string.Concat(words)),
            words.Count > 1 ? _keys.Encode(string.Concat(words.Select(word => word[0]))) : 0,
            BlockingRule.Prefix(begins, StartLength));
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
