namespace Rcu.Web.Commands.Duplicates;

/// <summary>The rows that are not written like the others: kept all the same, and said.</summary>
internal sealed class OddRows
{
    private const int MostExamples = 3;

    private readonly List<string> _examples = [];

    public int Count { get; private set; }

    /// <summary>The first of them, as sentences.</summary>
    public IReadOnlyList<string> Examples => _examples;

    public void Add(string file, long line, int cells, int expected, bool brokenQuote)
    {
        Count++;
        if (_examples.Count < MostExamples)
        {
            _examples.Add(brokenQuote
                ? Verb.Text("dedupe.odd_quote", file, line)
                : Verb.Text(cells < expected ? "dedupe.odd_short" : "dedupe.odd_long", file, line, cells, expected));
        }
    }
}
