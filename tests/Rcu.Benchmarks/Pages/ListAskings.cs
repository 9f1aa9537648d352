using Rcu.Exploration;

namespace Rcu.Benchmarks.Pages;

/// <summary>The list of accounts on each sort, both ways: its first page, a page far down, and with each filter; and the list of people.</summary>
internal static class ListAskings
{
    private const int Most = 80;

    private static readonly string[] Filters =
    [
        "type=Customer", "region=Bretagne", "dep=69", "ville=Lyon", "naf=62", "effectif=31", "source=salon", "vue=Quiet", "vue=Falling", "vue=Overdue",
        "vue=Duplicates", "vue=Issues", "vue=Ceased", "probleme=completeness.siren", "proprietaire=personne", "proprietaire=commercial7%40bench.example",
        "etiquette=export", "suivi=true", "q=Boulangerie", "q=Martin", "type=Prospect&dep=35&naf=43",
    ];

    public static IEnumerable<Asking> All(List<PageSample> samples)
    {
        foreach (var sort in Enum.GetValues<AccountSort>())
        {
            var told = sort.ToString().ToLowerInvariant();
            yield return new($"list.{told}", Most, [.. Enumerable.Range(0, 40).Select(n => Address(sort, n % 2 == 0))]);
            yield return new($"list.{told}.deep", Most,
                [.. samples.Where(a => a.Places[sort].Value is not null).Take(60).Select((a, n) => $"{Address(sort, n % 2 == 0)}&apres={a.Places[sort]}")]);
        }

        var sorts = Enum.GetValues<AccountSort>();
        foreach (var filter in Filters)
        {
            yield return new($"list.filtered.{filter}", Most, [.. sorts.Concat(sorts).Select((sort, n) => $"{Address(sort, n >= sorts.Length)}&{filter}")]);
        }

        foreach (var sort in Enum.GetValues<ContactSort>())
        {
            yield return new($"contacts.{sort.ToString().ToLowerInvariant()}", Most, [.. Enumerable.Range(0, 20).Select(n => $"/contacts?tri={sort}&inverse={n % 2 == 0}")]);
        }
    }

    private static string Address(AccountSort sort, bool reversed) => $"/comptes?tri={sort}&inverse={(reversed ? "true" : "false")}";
}
