using Rcu.Exploration;

namespace Rcu.Benchmarks.Pages;

/// <summary>The list of accounts on each sort, both ways: its first page, a page far down, and with each filter; and the list of people.</summary>
internal static class ListAskings
{
    private const int Most = 80;

    // What is measured, and the same filter with another value where it has one: a shape of list is compiled once in the life of a server.
    private static readonly (string Asked, string Other)[] Filters =
    [
        ("type=Customer", "type=Prospect"), ("region=Bretagne", "region=Occitanie"), ("dep=69", "dep=33"), ("ville=Lyon", "ville=Nantes"), ("naf=62", "naf=47"),
        ("effectif=31", "effectif=12"), ("source=salon", "source=erp"), ("vue=Quiet", "vue=Quiet"), ("vue=Falling", "vue=Falling"), ("vue=Overdue", "vue=Overdue"), ("vue=Duplicates", "vue=Duplicates"), ("vue=Issues", "vue=Issues"),
        ("vue=Ceased", "vue=Ceased"), ("probleme=completeness.siren", "probleme=completeness.phone"), ("proprietaire=personne", "proprietaire=personne"),
        ("proprietaire=commercial7%40bench.example", "proprietaire=commercial9%40bench.example"), ("etiquette=export", "etiquette=salon%202026"), ("suivi=true", "suivi=true"), ("etape=Proposal", "etape=Needs"),
        ("q=Boulangerie", "q=Garage"), ("q=Martin", "q=Dupont"), ("type=Prospect&dep=35&naf=43", "type=Customer&dep=44&naf=62"),
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
        foreach (var (filter, other) in Filters)
        {
            string[] lists = [.. sorts.Concat(sorts).Select((sort, n) => Address(sort, n >= sorts.Length))];
            yield return new($"list.filtered.{filter}", Most, [.. lists.Select(list => $"{list}&{filter}")])
            {
                Before = [.. lists.Select(list => $"{list}&{other}")],
            };
        }

        foreach (var sort in Enum.GetValues<ContactSort>())
        {
            yield return new($"contacts.{sort.ToString().ToLowerInvariant()}", Most, [.. Enumerable.Range(0, 20).Select(n => $"/contacts?tri={sort}&inverse={n % 2 == 0}")]);
        }
    }

    private static string Address(AccountSort sort, bool reversed) => $"/comptes?tri={sort}&inverse={(reversed ? "true" : "false")}";
}
