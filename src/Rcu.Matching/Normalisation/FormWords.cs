namespace Rcu.Matching.Normalisation;

/// <summary>The legal forms as words, to be taken off a name: « sarl », « societe par actions simplifiee ».</summary>
internal sealed class FormWords
{
    private const int LongestForm = 6;
    private readonly Dictionary<int, int[][]> _beginningWith;

    // Of each word, whether a form begins with it.
    private readonly bool[] _begins;

    public FormWords(IEnumerable<int[]> forms)
    {
        _beginningWith = forms.GroupBy(form => form[0]).ToDictionary(same => same.Key, same => same.OrderByDescending(form => form.Length).ToArray());
        _begins = new bool[_beginningWith.Keys.DefaultIfEmpty().Max() + 1];
        foreach (var word in _beginningWith.Keys)
        {
            _begins[word] = true;
        }
    }

    /// <summary>Where a name begins and ends without its forms; a name that is nothing else keeps the last one.</summary>
    /// <remarks>Short forms (« as », « sa », « se ») are words too: they are only taken off at the two ends.</remarks>
    public (int From, int To) Without(ReadOnlySpan<int> words)
    {
        // The end first: what is left of "EI Inc" is EI.
        var (from, to) = (0, words.Length);
        for (var length = FormBefore(words[from..to]); length > 0 && to - from > length; length = FormBefore(words[from..to]))
        {
            to -= length;
        }

        for (var length = FormAt(words[from..to]); length > 0 && to - from > length; length = FormAt(words[from..to]))
        {
            from += length;
        }

        return (from, to);
    }

    private int FormAt(ReadOnlySpan<int> words)
    {
        if (words.Length > 0 && words[0] < _begins.Length && _begins[words[0]])
        {
            foreach (var form in _beginningWith[words[0]])
            {
                if (words.StartsWith(form))
                {
                    return form.Length;
                }
            }
        }

        return 0;
    }

    private int FormBefore(ReadOnlySpan<int> words)
    {
        for (var start = Math.Max(0, words.Length - LongestForm); start < words.Length; start++)
        {
            if (FormAt(words[start..]) == words.Length - start)
            {
                return words.Length - start;
            }
        }

        return 0;
    }
}
