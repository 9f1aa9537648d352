namespace Rcu.Benchmarks.Pages;

/// <summary>What is typed in the search field: identifiers, names as they are, names with a slip, names of people. As the palette asks, and as a page.</summary>
internal static class SearchAskings
{
    private const int Times = 100;

    public static IEnumerable<Asking> All(PageBase plan, List<PageSample> samples)
    {
        var few = samples.Take(Times).ToList();
        (string Name, IEnumerable<string> Typed)[] kinds =
        [
            ("identifiers", few.SelectMany(a => new[] { a.Siren, a.Phone?.Replace("+33", "0", StringComparison.Ordinal) }).OfType<string>()
                .Concat(Enumerable.Range(0, 50).Select(n => $"C{n * 1_993 % plan.Accounts:0000000}"))),
            ("siren_start", few.Select(a => a.Siren?[..6]).OfType<string>()),
            ("names", few.Select(a => a.Name)),
            ("name_starts", few.Select(a => a.Name[..Math.Min(a.Name.Length, 5)])),
            ("misspelled", few.Select((a, n) => a.Mistyped(n))),
            ("people", Enumerable.Range(0, Times).Select(n => plan.PersonOf(n * 977 % plan.Contacts)).Select(p => $"{p.Given} {p.Family}")),
            ("people.misspelled", Enumerable.Range(0, Times).Select(n => plan.PersonOf(n * 977 % plan.Contacts)).Select(p => $"{p.Given} {p.Family[..2]}{p.Family[3..]}")),
        ];
        foreach (var (name, typed) in kinds)
        {
            yield return new($"search.{name}", 60, [.. typed.Select(Address)], IsFragment: true);
        }

        yield return new("search.page", 60, [.. few.Select((a, n) => Address(n % 2 == 0 ? a.Name : a.Mistyped(n)))]);
    }

    private static string Address(string typed) => $"/recherche?q={Uri.EscapeDataString(typed)}";
}
