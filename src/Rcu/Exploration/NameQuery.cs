using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Reference;

namespace Rcu.Exploration;

/// <summary>
/// The words of a name as typed, ready to be compared with the folded names of accounts and contacts: legal form taken out,
/// abbreviations read (« Sté » is « société » or « sainte »).
/// </summary>
public sealed record NameQuery(string Text, IReadOnlyList<IReadOnlyList<string>> Words)
{
    public bool IsEmpty => Words.Count == 0;

    /// <summary>Null when nothing that can be searched was typed.</summary>
    public static NameQuery Of(string? typed)
    {
        var whole = SearchText.Fold(typed);
        var bare = string.IsNullOrWhiteSpace(typed) ? "" : SearchText.Fold(LegalForms.TakeOut(typed).Bare);
        var text = bare.Length > 1 ? bare : whole;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        // « L'Oréal » is « l oreal »: a letter alone says nothing once there is a word.
        var telling = words.Any(w => w.Length > 1) ? words.Where(w => w.Length > 1) : words;
        return new NameQuery(text, [.. telling.Take(8).Select(Readings)]);
    }

    internal IQueryable<Account> Narrow(IQueryable<Account> accounts)
    {
        foreach (var patterns in Patterns())
        {
            accounts = accounts.Where(a => patterns.Any(p => EF.Functions.Like(a.Search, p)));
        }

        return accounts;
    }

    internal IQueryable<Contact> Narrow(IQueryable<Contact> contacts)
    {
        foreach (var patterns in Patterns())
        {
            contacts = contacts.Where(c => patterns.Any(p => EF.Functions.Like(c.Search, p)));
        }

        return contacts;
    }

    private IEnumerable<string[]> Patterns() => Words.Select(readings => readings.Select(r => $"%{r}%").ToArray());

    private static IReadOnlyList<string> Readings(string word) =>
        [word, .. CompanyWords.ReadingsOf(word.ToUpperInvariant()).Select(SearchText.Fold).Where(reading => reading != word)];
}
