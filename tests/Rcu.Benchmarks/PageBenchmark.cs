using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Segmentation;

namespace Rcu.Benchmarks;

/// <summary>What a person waits for, measured below the web: a sheet, a list, a search, a count, each as a request of its own.</summary>
internal static class PageBenchmark
{
    private const int Times = 200;
    private const string Reference = "median of one select by primary key, its round trip included";

    public static async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        var hub = (await data.DemoAsync(ct)).Hub;
        var accounts = await AccountsAsync(hub.Database, ct);
        var sorts = Enum.GetValues<AccountSort>();
        var rules = SegmentTemplates.List;
        (string Id, double Budget, Func<IServiceProvider, int, Task> DoAsync)[] pages =
        [
            ("page.account", 120, (page, n) => page.GetRequiredService<AccountSheets>().ReadAsync(AccountScope.Hub, accounts[n % accounts.Count].Id, ct)),
            ("page.accounts", 150, (page, n) => page.GetRequiredService<AccountList>()
                .ReadAsync(AccountScope.Hub, new AccountFilter(), sorts[n % sorts.Length], reversed: n % 2 == 0, after: null, ct)),
            ("search", 150, (page, n) => page.GetRequiredService<Search>().FindAsync(AccountScope.Hub, SearchRights.All, accounts[n % accounts.Count].Name, 8, ct)),
            ("segment.count", 800, (page, n) => page.GetRequiredService<SegmentCounts>()
                .CountAsync(AccountScope.Hub, rules[n % rules.Count].Target, rules[n % rules.Count].Rule, ct)),
        ];

        foreach (var (id, budget, doAsync) in pages)
        {
            var select = await MillisecondsAsync(n => SelectAsync(hub.Database, accounts[n % accounts.Count].Id, ct));
            var found = await MillisecondsAsync(async n =>
            {
                await using var request = hub.Services.CreateAsyncScope();
                await doAsync(request.ServiceProvider, n);
            });
            var (half, most) = (found[Times / 2], found[Times * 95 / 100]);
            yield return new Figure($"{id}.p50", half, "ms", Reference, half / select[Times / 2]);
            yield return new Figure($"{id}.p95", most, "ms", Reference, most / select[Times / 2]).ValueAtMost(budget, hard: false);
        }
    }

    // Sorted; the first fifty, which warm up, do not count.
    private static async Task<double[]> MillisecondsAsync(Func<int, Task> doAsync)
    {
        var found = new double[Times];
        for (var n = -Times / 4; n < Times; n++)
        {
            var start = Stopwatch.GetTimestamp();
            await doAsync(Math.Abs(n));
            found[Math.Max(n, 0)] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(found);
        return found;
    }

    private static async Task SelectAsync(NpgsqlDataSource database, Guid id, CancellationToken ct)
    {
        await using var select = database.CreateCommand("select name from accounts where id = $1");
        select.Parameters.Add(new() { Value = id });
        await select.ExecuteScalarAsync(ct);
    }

    // Spread over all there are.
    private static async Task<List<(Guid Id, string Name)>> AccountsAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var select = database.CreateCommand("select id, name from accounts order by md5(id::text) limit 200");
        await using var row = await select.ExecuteReaderAsync(ct);
        var accounts = new List<(Guid, string)>();
        while (await row.ReadAsync(ct))
        {
            accounts.Add((row.GetGuid(0), row.GetString(1)));
        }

        return accounts;
    }
}
