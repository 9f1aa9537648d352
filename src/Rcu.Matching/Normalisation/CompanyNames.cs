using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>A company's name without its legal form, as canonical words: what two spellings of it have in common.</summary>
internal sealed class CompanyNames
{
    private static readonly HashSet<string> Stops = new(StringComparer.Ordinal)
    {
        "de", "du", "des", "la", "le", "les", "et", "d", "l", "au", "aux", "en", "a", "the", "of", "ste",
    };

    private readonly Dictionary<string, List<string[]>> _forms = new(StringComparer.Ordinal);

    public CompanyNames(IReadOnlyList<LegalForm> forms)
    {
        foreach (var variant in forms.SelectMany(form => form.Variants))
        {
            var words = Folding.Words(Folding.Fold(variant)).ToArray();
            if (words.Length > 0)
            {
                _forms.TryAdd(words[0], []);
                _forms[words[0]].Add(words);
            }
        }

        foreach (var variants in _forms.Values)
        {
            variants.Sort((left, right) => right.Length.CompareTo(left.Length));
        }
    }

    /// <summary>The canonical words; a town that ends the name gives a second reading without it.</summary>
    public List<string> Read(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return [];
        }

        var words = JoinLetters(Folding.Words(Folding.Fold(name).Replace("&", " et ", StringComparison.Ordinal)));
        var kept = WithoutForms(words);
        var canonical = new List<string>(kept.Count);
        foreach (var word in kept)
        {
            var short_ = Abbreviations.OfCompany(word);
            if (!Stops.Contains(short_))
            {
                canonical.Add(short_);
            }
        }

        return canonical.Count > 0 ? canonical : kept.Count > 0 ? kept : words;
    }

    /// <summary>"S.A.R.L." and "S N C F" are one word each.</summary>
    private static List<string> JoinLetters(List<string> words)
    {
        var joined = new List<string>(words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            var run = i;
            while (run < words.Count && words[run].Length == 1 && char.IsAsciiLetter(words[run][0]))
            {
                run++;
            }

            if (run - i >= 2)
            {
                joined.Add(string.Concat(words.GetRange(i, run - i)));
                i = run - 1;
            }
            else
            {
                joined.Add(words[i]);
            }
        }

        return joined;
    }

    // Short forms ("as", "sa", "se") are words too: they are only taken off at the two ends.
    private List<string> WithoutForms(List<string> words)
    {
        var from = 0;
        var to = words.Count;
        for (var length = FormAt(words, from, to); length > 0 && to - from > length; length = FormAt(words, from, to))
        {
            from += length;
        }

        for (var length = FormBefore(words, from, to); length > 0 && to - from > length; length = FormBefore(words, from, to))
        {
            to -= length;
        }

        return words.GetRange(from, to - from);
    }

    private int FormAt(List<string> words, int from, int to)
    {
        if (from < to && _forms.TryGetValue(words[from], out var variants))
        {
            foreach (var variant in variants)
            {
                if (Matches(words, from, to, variant))
                {
                    return variant.Length;
                }
            }
        }

        return 0;
    }

    private int FormBefore(List<string> words, int from, int to)
    {
        for (var start = Math.Max(from, to - 6); start < to; start++)
        {
            if (FormAt(words, start, to) == to - start)
            {
                return to - start;
            }
        }

        return 0;
    }

    private static bool Matches(List<string> words, int from, int to, string[] variant)
    {
        if (from + variant.Length > to)
        {
            return false;
        }

        for (var i = 0; i < variant.Length; i++)
        {
            if (words[from + i] != variant[i])
            {
                return false;
            }
        }

        return true;
    }
}
