using Rcu.Customers;
using Rcu.Identifiers;

namespace Rcu.Exploration;

/// <summary>What the search found, best first, and what it understood.</summary>
public sealed record SearchAnswer(
    SearchQuery Query, IReadOnlyList<SearchHit> Direct, IReadOnlyList<SearchHit> Accounts, IReadOnlyList<SearchHit> Contacts,
    IReadOnlyList<SearchHit> Segments)
{
    /// <summary>Files and readings of sources, by their name.</summary>
    public IReadOnlyList<SearchHit> Imports { get; init; } = [];

    /// <summary>How many accounts and contacts bear the words that were typed, when more than are given.</summary>
    public SearchTotals Totals { get; init; } = new(null, null);

    public int Count => Direct.Count + Accounts.Count + Contacts.Count + Segments.Count + Imports.Count;

    /// <summary>People come first when they bear the name and accounts only look like it.</summary>
    public bool ContactsFirst => Contacts.Any(c => c.By == "name") && Accounts.All(a => a.By != "name");

    internal static SearchAnswer Nothing(SearchQuery query) => new(query, [], [], [], []);
}

/// <summary>How many there are in all; counted up to <see cref="Counted"/>, null when all are given.</summary>
public sealed record SearchTotals(int? Accounts, int? Contacts)
{
    /// <summary>Beyond it there are more, and nobody reads so far.</summary>
    public const int Counted = 1_000;
}

/// <summary>What somebody may be shown beside accounts and contacts, whose limits are those of their scope.</summary>
public sealed record SearchRights(bool Segments, bool Imports)
{
    public static readonly SearchRights All = new(Segments: true, Imports: true);
}

/// <summary>A record that was found.</summary>
/// <param name="Place">The town of an account, the company of a contact, the source of an import.</param>
/// <param name="Note">The type of an account, the post of a contact.</param>
/// <param name="By">What found it: <c>siren</c>, <c>email</c>, <c>name</c>, <c>near</c>…</param>
public sealed record SearchHit(
    SearchKind Kind, Guid Id, string Name, Siren? Siren, string? Place, string? Note, int? Members, string By)
{
    /// <summary>Who is in charge of an account, as the sources or the hub name them.</summary>
    public string? Owner { get; init; }

    /// <summary>The name it bore once, by which it was found; null when it bears it still.</summary>
    public string? FormerName { get; init; }

    /// <summary>The company it took over, says the register, by whose name it was found.</summary>
    public string? TookOver { get; init; }

    /// <summary>The company has ceased, says the register.</summary>
    public bool IsCeased { get; init; }

    /// <summary>The name in pieces, those that were typed marked.</summary>
    public IReadOnlyList<(string Text, bool IsMatch)> Marked(SearchQuery query) => Highlight.Of(Name, query.Name);
}

public enum SearchKind
{
    Account,
    Contact,
    Segment,
    Import,
}

/// <summary>Finds in a name what was typed, accents and case aside.</summary>
internal static class Highlight
{
    public static IReadOnlyList<(string Text, bool IsMatch)> Of(string name, NameQuery query)
    {
        var marked = new bool[name.Length];
        var folded = name.Select(c => SearchText.Fold(c.ToString())).ToArray();
        foreach (var word in query.Words.SelectMany(readings => readings))
        {
            for (var start = 0; start < name.Length; start++)
            {
                if (EndOf(word, folded, start) is { } end)
                {
                    Array.Fill(marked, true, start, end - start);
                }
            }
        }

        List<(string, bool)> pieces = [];
        for (var start = 0; start < name.Length;)
        {
            var end = start + 1;
            while (end < name.Length && marked[end] == marked[start])
            {
                end++;
            }

            pieces.Add((name[start..end], marked[start]));
            start = end;
        }

        return pieces;
    }

    private static int? EndOf(string word, string[] folded, int start)
    {
        var at = 0;
        for (var i = start; i < folded.Length && folded[i].Length > 0; i++)
        {
            if (string.CompareOrdinal(word, at, folded[i], 0, folded[i].Length) != 0)
            {
                return null;
            }

            at += folded[i].Length;
            if (at == word.Length)
            {
                return i + 1;
            }
        }

        return null;
    }
}
