using System.Runtime.CompilerServices;
using Rcu.Benchmarks.Generator;
using Rcu.Benchmarks.Lookup;
using Rcu.Exploration;
using Rcu.Web.Identity;

namespace Rcu.Benchmarks.Pages;

/// <summary>
/// Pages of the web application as it is deployed, a process of its own, asked over HTTP by people signed in, on a large base that is
/// kept from one run to the next. « first »: for the first time since that process started; « again »: a second time.
/// </summary>
internal sealed class PagesBenchmark(int accounts)
{
    private const int Times = 200;
    private const int Connections = 4;

    /// <summary><c>pages</c> for the full base, <c>pages100k</c> for a tenth of it.</summary>
    public string Name { get; } = accounts >= 1_000_000 ? "pages" : $"pages{accounts / 1_000}k";

    public async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        var plan = new PageBase(accounts);
        await using var hub = await KeptBase.OpenAsync(data, plan, ct);
        using var node = await WebNode.StartAsync(hub.ConnectionString, data.Folder, "none", ct);
        using var rep = await Visitor.SignInAsync(hub, node.Client.BaseAddress!, HubRoles.Commercial, ct);
        using var steward = await Visitor.SignInAsync(hub, node.Client.BaseAddress!, HubRoles.Steward, ct);
        var samples = await PageSample.DrawAsync(hub.Database, Drawn(plan, 7).Select(plan.AccountId), ct);
        var others = await PageSample.DrawAsync(hub.Database, Drawn(plan, 8).Select(plan.AccountId), ct);
        var timing = new PageTiming(rep, Name);
        await timing.WarmAsync([.. others.Select(a => $"/comptes/{a.Id}"), .. others.Take(20).Select(a => $"/recherche?q={Uri.EscapeDataString(a.Name)}")], ct);

        foreach (var asked in Asked(plan, samples).Where(asked => data.Wants($"{Name}.{asked.Name}")))
        {
            yield return await timing.MeasureAsync(asked, ct);
        }

        Asking[] stewards =
        [
            new("home.steward", 200, [.. Enumerable.Repeat("/", 20)]),
            new("queue", 150, [.. Enumerable.Repeat("/doublons", 50)]),
            new("compare", 80, [.. Pairs(plan, 1).Select(id => $"/doublons/{id}")]),
            new("compare.people", 80, [.. PeoplePairs(plan).Select(id => $"/doublons/{id}")]),
        ];
        foreach (var asked in stewards.Where(asked => data.Wants($"{Name}.{asked.Name}")))
        {
            yield return await new PageTiming(steward, Name).MeasureAsync(asked, ct);
        }

        if (data.Wants($"{Name}.decision"))
        {
            yield return await Decisions.MeasureAsync(steward, Name, [.. Pairs(plan, 2)], ct);
        }

        var browser = $"{Name}.browser";
        if (data.Wants(browser))
        {
            await foreach (var figure in BrowserFigures.MeasureAsync(browser, node.Client.BaseAddress!, InBrowser(plan, samples)))
            {
                yield return figure;
            }
        }

        if (!data.Wants($"{Name}.account.per_second"))
        {
            yield break;
        }

        var pages = await PageTiming.PerSecondAsync(rep, Connections, [.. samples.Select(a => $"/comptes/{a.Id}")], ct);
        var hello = await PageTiming.PerSecondAsync(rep, Connections, [PageTiming.Bare], ct);
        yield return new Figure(
            $"{Name}.account.per_second", pages, $"account pages/s, {Connections} connections of a bare HttpClient loop on the same cores",
            $"{PageTiming.Bare} of the same server asked by the same loop ({hello:0}/s)", pages / hello);
        yield return new Figure($"{Name}.memory", node.Megabytes, "MB of the web process");
    }

    private static IEnumerable<Asking> Asked(PageBase plan, List<PageSample> samples)
    {
        string[] sheets = [.. samples.Select(a => $"/comptes/{a.Id}")];
        yield return new("account.first", 60, sheets);
        yield return new("account.again", 60, sheets);
        yield return new("account.heavy", 60, [.. Enumerable.Range(0, 50).Select(rank => $"/comptes/{plan.AccountId(plan.Ranked(rank))}")]);
        foreach (var tab in new[] { "contacts", "etablissements", "ventes", "segments", "sources" })
        {
            yield return new($"account.{tab}", 60, [.. samples.Take(100).Select(a => $"/comptes/{a.Id}?onglet={tab}")], IsFragment: true);
        }

        yield return new("timeline", 60, [.. samples.Take(100).Concat(samples.Take(100)).Select((a, n) =>
            $"/comptes/{(n % 2 == 0 ? plan.AccountId(plan.Ranked(n)) : a.Id)}?apres={new TimelineCursor(PageBase.End.AddDays(-30 * (n % 24)), TimelineNature.Interaction, a.Id)}")], IsFragment: true);
        yield return new("timeline.words", 60, [.. samples.Take(50).Select((a, n) =>
            $"/comptes/{(n % 2 == 0 ? plan.AccountId(plan.Ranked(n)) : a.Id)}?mots={Uri.EscapeDataString(n % 3 == 0 ? "livraison" : "devis")}")], IsFragment: true);
        yield return new("group", 60, [.. Enumerable.Repeat($"/comptes/{plan.AccountId(plan.Group)}?onglet=etablissements", 50)]);
        foreach (var asked in SearchAskings.All(plan, samples))
        {
            yield return asked;
        }

        foreach (var asked in ListAskings.All(samples))
        {
            yield return asked;
        }

        yield return new("contact.first", 60, [.. Enumerable.Range(0, Times).Select(n => $"/contacts/{plan.ContactId((int)(n * 7_919L % plan.Contacts))}")]);
        yield return new("home", 200, [.. Enumerable.Repeat("/", 20)]);
    }

    private static IReadOnlyList<(string Name, IReadOnlyList<string> Pages)> InBrowser(PageBase plan, List<PageSample> samples) =>
    [
        ("home", ["/"]), ("account", [.. samples.Select(a => $"/comptes/{a.Id}")]), ("list", ["/comptes"]), ("search", [.. samples.Select(a => $"/recherche?q={Uri.EscapeDataString(a.Name)}")]),
        ("contact", [.. Enumerable.Range(0, 10).Select(n => $"/contacts/{plan.ContactId(n * 97)}")]), ("queue", ["/doublons"]), ("compare", [.. Pairs(plan, 1).Take(10).Select(id => $"/doublons/{id}")]),
    ];

    private static IEnumerable<int> Drawn(PageBase plan, int purpose) =>
        Enumerable.Range(0, Times).Select(n => new Dice(PageBase.Seed, n, purpose).Below(plan.Accounts)).Distinct();

    private static IEnumerable<Guid> Pairs(PageBase plan, int from) => Enumerable.Range(0, Times).Select(n => (n * 2 + from) % plan.AccountPairs)
        .Select(n => PageBase.Id(BaseKind.Pair, n, PageBase.End.AddMinutes(-n)));

    private static IEnumerable<Guid> PeoplePairs(PageBase plan) => Enumerable.Range(plan.AccountPairs, 100)
        .Select(n => PageBase.Id(BaseKind.Pair, n, PageBase.End.AddMinutes(-n)));
}
