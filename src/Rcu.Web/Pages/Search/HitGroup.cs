using Rcu.Exploration;

namespace Rcu.Web.Pages.Search;

/// <summary>Answers of one kind under their title, as the palette and the page of a search both show them.</summary>
/// <param name="Key">Text of the title.</param>
/// <param name="Total">How many there are in all, where that is counted.</param>
/// <param name="All">The list of them all, where there is one.</param>
internal sealed record HitGroup(string Key, IReadOnlyList<SearchHit> Hits, int? Total = null, string? All = null)
{
    /// <summary>Those with an answer, in the order they are shown.</summary>
    public static IEnumerable<HitGroup> Of(SearchAnswer answer, IReadOnlyList<SearchHit> recent)
    {
        var typed = Uri.EscapeDataString(answer.Query.Typed);
        HitGroup accounts = new("nav.accounts", answer.Accounts, answer.Totals.Accounts, $"/comptes?q={typed}");
        HitGroup contacts = new("nav.contacts", answer.Contacts, answer.Totals.Contacts, $"/contacts?q={typed}");
        IEnumerable<HitGroup> groups =
        [
            new("search.group.Recent", recent), new("search.group.Direct", answer.Direct),
            .. answer.ContactsFirst ? [contacts, accounts] : new[] { accounts, contacts },
            new("nav.segments", answer.Segments), new("nav.imports", answer.Imports),
        ];
        return groups.Where(group => group.Hits.Count > 0);
    }
}
