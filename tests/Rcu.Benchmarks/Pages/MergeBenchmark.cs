using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using Npgsql;
using Rcu.Benchmarks.Lookup;
using Rcu.Web.Identity;

namespace Rcu.Benchmarks.Pages;

/// <summary>
/// A steward's merge to its end, and back: from the answer in the browser until the address of the account that retired leads to the
/// one that answers for it, and until both are there again. The web application works as it is deployed, its worker in it, on a copy
/// of the base of pages that went through every stage once. What both accounts own is counted before, between and after.
/// </summary>
internal sealed class MergeBenchmark(int accounts)
{
    private const int Times = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    /// <summary><c>merge</c> for the full base, <c>merge100k</c> for a tenth of it.</summary>
    public string Name { get; } = accounts >= 1_000_000 ? "merge" : $"merge{accounts / 1_000}k";

    public async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var hub = await WorkedBase.OpenAsync(data, new PageBase(accounts), ct);
        using var node = await WebNode.StartAsync(hub.ConnectionString, data.Folder, "none", ct, ("Jobs__Work", "true"));
        using var steward = await Visitor.SignInAsync(hub, node.Client.BaseAddress!, HubRoles.Steward, ct);
        var pairs = await JoinableAsync(hub.Database, ct);
        var token = await steward.TokenAsync($"/doublons/{pairs[0].Id}", ct);
        var (merges, partings) = (new List<double>(), new List<double>());
        foreach (var pair in pairs)
        {
            var before = await FactsAsync(hub.Database, pair, ct);
            merges.Add(await UntilAsync(steward, pair, "Judge", token, joined: true, ct));
            var between = await FactsAsync(hub.Database, pair, ct);
            await IdleAsync(hub.Database, ct);
            partings.Add(await UntilAsync(steward, pair, "Undo", token, joined: false, ct));
            await IdleAsync(hub.Database, ct);
            var after = await FactsAsync(hub.Database, pair, ct);
            if (before != after || before.Sum() != between.Sum())
            {
                throw new InvalidOperationException($"{pair.Id}: {before} before, {between} as one, {after} after.");
            }
        }

        yield return new Figure($"{Name}.first", merges[0], "s from the answer to the account that answers for both, the first since the worker began: every record is weighed");
        foreach (var (what, seconds) in new[] { ("next", merges[1..]), ("back", partings) })
        {
            seconds.Sort();
            yield return new Figure(
                $"{Name}.{what}", seconds[seconds.Count / 2],
                $"s, median of {seconds.Count}; slowest {seconds[^1]:0.0}; {(what == "next" ? "a merge" : "taken back")}, nothing lost or doubled");
        }

        yield return new Figure($"{Name}.memory", node.Megabytes, "MB of the process that serves and works");
    }

    private static async Task<double> UntilAsync(Visitor steward, Pair pair, string handler, string token, bool joined, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        using (var answer = await steward.PostAsync($"/doublons/{pair.Id}?handler={handler}", token, isFragment: true, ct, new KeyValuePair<string, string>("judgement", "Same")))
        {
            if (answer.StatusCode is not HttpStatusCode.OK)
            {
                throw new InvalidOperationException($"{handler} {pair.Id}: {(int)answer.StatusCode}");
            }
        }

        while (await AreOneAsync() != joined)
        {
            await Task.Delay(100, ct);
            if (watch.Elapsed > Longest)
            {
                throw new InvalidOperationException($"{handler} {pair.Id}: nothing after {watch.Elapsed.TotalMinutes:0} min.");
            }
        }

        return watch.Elapsed.TotalSeconds;

        async Task<bool> AreOneAsync() =>
            !await steward.IsThereAsync($"/comptes/{pair.Left}", ct) || !await steward.IsThereAsync($"/comptes/{pair.Right}", ct);
    }

    // Pairs of two accounts that may be one, each account in one of them only.
    private static async Task<List<Pair>> JoinableAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select m.id, a.cluster_id, b.cluster_id from matches m
            join links a on a.record_id = m.left_record_id and a.kind = m.kind join accounts one on one.id = a.cluster_id
            join links b on b.record_id = m.right_record_id and b.kind = m.kind join accounts other on other.id = b.cluster_id
            where m.kind = 'Account' and m.judgement = 'Undecided' and m.closed_at is null and m.band = 'Review' and m.veto is null
              and a.cluster_id <> b.cluster_id and (one.siren is null or other.siren is null or one.siren = other.siren)
            order by m.weight desc, m.id limit 1000
            """);
        await using var row = await command.ExecuteReaderAsync(ct);
        var (pairs, seen) = (new List<Pair>(), new HashSet<Guid>());
        while (pairs.Count <= Times && await row.ReadAsync(ct))
        {
            var pair = new Pair(row.GetGuid(0), row.GetGuid(1), row.GetGuid(2));
            if (!seen.Contains(pair.Left) && !seen.Contains(pair.Right))
            {
                pairs.Add(pair);
                seen.UnionWith([pair.Left, pair.Right]);
            }
        }

        return pairs.Count > Times ? pairs : throw new InvalidOperationException($"{pairs.Count} pairs wait that may be joined.");
    }

    private static async Task<Facts> FactsAsync(NpgsqlDataSource database, Pair pair, CancellationToken ct) =>
        new(await OfAsync(database, pair.Left, ct), await OfAsync(database, pair.Right, ct));

    private static async Task<long> OfAsync(NpgsqlDataSource database, Guid account, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select (select count(*) from interactions where account_id = $1) + (select count(*) from documents where account_id = $1)
              + (select count(*) from opportunities where account_id = $1) + (select count(*) from contacts where account_id = $1)
            """);
        command.Parameters.Add(new() { Value = account });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Waits until no run of the stages waits or works.</summary>
    private static async Task IdleAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select exists (select from runs where stage = 'Pipeline' and status in ('Queued', 'Running'))");
        while (await command.ExecuteScalarAsync(ct) is true)
        {
            await Task.Delay(200, ct);
        }
    }

    private sealed record Pair(Guid Id, Guid Left, Guid Right);

    /// <summary>How much each of the two owns.</summary>
    private sealed record Facts(long Left, long Right)
    {
        public long Sum() => Left + Right;
    }
}
