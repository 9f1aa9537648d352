using System.Text;
using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>
/// A company's name without its legal form, as the codes of canonical words: what two spellings of it have in common. What
/// a word is (short form, legal form, empty word) is looked up once per distinct word, not once per name.
/// </summary>
internal sealed class CompanyNames
{
    /// <summary>How many words of a name are read.</summary>
    public const int MostWords = 24;

    private static readonly HashSet<string> Stops = new(StringComparer.Ordinal)
    {
        "de", "du", "des", "la", "le", "les", "et", "d", "l", "au", "aux", "en", "a", "the", "of", "ste",
    };

    private readonly ByteTable _words = new();
    private readonly List<Word> _known = [default];
    private readonly FormWords _forms;
    private readonly byte[] _folded = new byte[Folding.Longest];
    private readonly byte[] _joined = new byte[MostWords];
    private readonly TownMemo _towns = new();
    private readonly int _and;

    public CompanyNames(IReadOnlyList<LegalForm> forms)
    {
        var written = new List<int[]>();
        foreach (var variant in forms.SelectMany(form => form.Variants))
        {
            var words = new List<int>();
            var reader = new Words(_folded.AsSpan(0, Folding.Fold(Encoding.UTF8.GetBytes(variant), _folded)));
            while (reader.Next(out var word))
            {
                words.Add(CodeOf(word));
            }

            written.Add([.. words]);
        }

        _forms = new FormWords(written.Where(words => words.Length > 0));
        _and = CodeOf("et"u8);
    }

    private readonly record struct Word(int Canonical, bool IsStop, bool IsLetter, bool IsGeneric, bool IsRelative, bool IsNumber);

    public int Count => _words.Count;

    /// <summary>The canonical words' own texts and hashes.</summary>
    public ByteTable Table => _words;

    /// <summary>Writes the canonical words and returns how many.</summary>
    public int Read(ReadOnlySpan<byte> name, Span<int> words)
    {
        Span<int> written = stackalloc int[MostWords];
        var count = Join(written, Split(name, written));
        var (from, to) = _forms.Without(written[..count]);
        var kept = 0;
        for (var i = from; i < to; i++)
        {
            var word = _known[written[i]];
            if (!word.IsStop)
            {
                words[kept++] = word.Canonical;
            }
        }

        if (kept > 0 || from == to)
        {
            return kept;
        }

        written[from..to].CopyTo(words);
        return to - from;
    }

    /// <summary>The canonical words of a town, to be found again at the end of a name.</summary>
    /// <param name="room">Where they are written when they are not remembered.</param>
    public ReadOnlySpan<int> Town(ReadOnlySpan<byte> town, Span<int> room)
    {
        var hash = Hash.Of(town);
        if (_towns.TryGet(hash, out var words))
        {
            return words;
        }

        words = room[..ReadTown(town, room)];
        if (!_words.IsTemporary)
        {
            _towns.Keep(hash, words);
        }

        return words;
    }

    private int ReadTown(ReadOnlySpan<byte> town, Span<int> words)
    {
        Span<int> written = stackalloc int[MostWords];
        var count = Split(town, written);
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var text = _words.Bytes(written[i]);
            if (text.SequenceEqual("cedex"u8))
            {
                break;
            }

            if (!_known[written[i]].IsStop && !Folding.IsDigit(text[0]))
            {
                words[kept++] = _known[written[i]].Canonical;
            }
        }

        return kept;
    }

    /// <summary>Whether a word says what a company does or where, not which one it is.</summary>
    public bool IsGeneric(int word) => _known[word].IsGeneric;

    /// <summary>Whether a word makes a company the parent or the owner of another of the same name.</summary>
    public bool IsRelative(int word) => _known[word].IsRelative;

    /// <summary>Whether a word tells two companies of one name apart: a number, Roman ones included, or a single letter.</summary>
    public bool IsNumber(int word) => _known[word].IsNumber;

    public void BeginTemporary() => _words.BeginTemporary();

    public void EndTemporary()
    {
        _words.EndTemporary();
        _known.RemoveRange(_words.Count, _known.Count - _words.Count);
    }

    private int CodeOf(ReadOnlySpan<byte> word) => CodeOf(word, Hash.Of(word));

    private int CodeOf(ReadOnlySpan<byte> word, ulong hash)
    {
        var code = _words.Encode(word, hash);
        if (code >= _known.Count)
        {
            _known.Add(new Word(code, false, word.Length == 1 && !Folding.IsDigit(word[0]), Lexicons.IsGeneric(word), Lexicons.IsRelative(word), DigitText.IsNumeral(word)));
            var text = Encoding.ASCII.GetString(word);
            var shorter = Abbreviations.OfCompany(text);
            var canonical = ReferenceEquals(shorter, text) ? code : CodeOf(Encoding.ASCII.GetBytes(shorter));
            _known[code] = _known[code] with { Canonical = canonical, IsStop = Stops.Contains(shorter) };
        }

        return code;
    }

    private int Split(ReadOnlySpan<byte> name, Span<int> words)
    {
        var folded = _folded.AsSpan(0, Folding.Fold(name, _folded));
        Span<Range> found = stackalloc Range[words.Length];
        Span<ulong> hashes = stackalloc ulong[words.Length];
        var count = Find(folded, found, hashes);
        for (var i = 0; i < count; i++)
        {
            words[i] = folded[found[i]] is [(byte)'&'] ? _and : CodeOf(folded[found[i]], hashes[i]);
        }

        return count;
    }

    // Where the words stand, all asked for before the first is looked up: memory answers meanwhile.
    private int Find(ReadOnlySpan<byte> folded, Span<Range> words, Span<ulong> hashes)
    {
        var count = 0;
        for (var i = 0; i < folded.Length && count < words.Length;)
        {
            if (folded[i] == '&')
            {
                words[count++] = i..++i;
            }
            else if (Folding.IsWordByte(folded[i]))
            {
                var start = i;
                while (i < folded.Length && Folding.IsWordByte(folded[i]))
                {
                    i++;
                }

                hashes[count] = Hash.Of(folded[start..i]);
                _words.Prefetch(hashes[count]);
                words[count++] = start..i;
            }
            else
            {
                i++;
            }
        }

        return count;
    }

    /// <summary>"S.A.R.L." and "S N C F" are one word each.</summary>
    private int Join(Span<int> words, int count)
    {
        var kept = 0;
        for (var i = 0; i < count;)
        {
            var run = 0;
            while (i + run < count && _known[words[i + run]].IsLetter)
            {
                _joined[run] = _words.Bytes(words[i + run])[0];
                run++;
            }

            words[kept++] = run >= 2 ? CodeOf(_joined.AsSpan(0, run)) : words[i];
            i += Math.Max(1, run);
        }

        return kept;
    }
}
