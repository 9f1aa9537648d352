using System.Text.Json;
using Rcu.Web.Tests.Resolution.Storm;
using Xunit.Abstractions;

namespace Rcu.Web.Tests.Resolution;

/// <summary>
/// Many people join, part, judge, take back, correct and import at once: nothing is lost, doubled or orphan, and what is taken
/// back is as it was.
/// </summary>
public sealed class ConservationTests(ITestOutputHelper output)
{
    private const int Clients = 8;
    private const int FewActs = 160;
    private const int ManyActs = 5_000;
    private const int FewCases = 3;
    private const int ManyCases = 100;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("RCU_TEST_LONG") is "1";

    [Theory]
    [InlineData(1)]
    public async Task What_eight_clients_do_at_once_loses_no_child_doubles_none_and_leaves_no_orphan(int seed)
    {
        await using var hub = await StormHub.LoadAsync(seed);
        var papers = await FactsAsync(hub);

        var (acts, broken) = await BlowAsync(hub, seed, FewActs, hub.WorkUntilAsync);
        await CheckAsync(hub, acts, papers);
        Assert.Empty(broken);
        await GiveBackAsync(hub, seed, IsLong ? ManyCases : FewCases);
    }

    /// <summary>The same, of a length that is asked for by name: the worker is killed, and PostgreSQL breaks down.</summary>
    [Fact]
    public async Task Five_thousand_acts_lose_nothing_while_the_worker_is_killed_and_PostgreSQL_breaks_down()
    {
        if (!IsLong)
        {
            return;
        }

        await using var troubles = await StormTroubles.StartAsync();
        await using var hub = await StormHub.LoadAsync(1, troubles.Administrator);
        var papers = await FactsAsync(hub);

        var (acts, _) = await BlowAsync(hub, 1, ManyActs, over => troubles.MakeAsync(hub, over));
        await CheckAsync(hub, acts, papers);
        output.WriteLine(JsonSerializer.Serialize(new { id = "R20", figure = $"wrongs in {acts.Count} acts, {troubles.Kills} kills, {troubles.Crashes} crashes", value = 0, target = 0, pass = true }));
    }

    private async Task CheckAsync(StormHub hub, List<StormAct> acts, List<string> papers)
    {
        await hub.SettleAsync();

        var wrongs = await new StormChecker(hub).WrongsAsync(acts);
        output.WriteLine($"{acts.Count} acts, {acts.Count(a => a.Outcome is StormOutcome.Done)} done; {string.Join(", ", acts.Where(a => a.Outcome is StormOutcome.Done).CountBy(a => a.Kind))}");
        output.WriteLine(string.Join('\n', wrongs));
        var before = await hub.PictureAsync();
        await hub.ComputeAgainAsync(full: false);
        var again = await hub.PictureAsync();
        Assert.Empty(wrongs);
        Assert.Empty(papers.Except(await FactsAsync(hub)));
        Same(before, again);
    }

    // Each act as some worker runs the stages: the acts of all, and what no client should have been told.
    private static async Task<(List<StormAct> Acts, List<string> Broken)> BlowAsync(StormHub hub, int seed, int acts, Func<CancellationToken, Task> meanwhile)
    {
        var colleague = await hub.Api.Hub.LetInAsync("Steward");
        var clients = Enumerable.Range(0, Clients).Select(number => new StormClient(hub, number, seed, colleague)).ToList();
        using var over = new CancellationTokenSource();
        var worker = Task.Run(() => meanwhile(over.Token));
        await Task.WhenAll(clients.Select(client => Task.Run(() => client.WorkAsync(acts / Clients))));
        await over.CancelAsync();
        await worker;
        return ([.. clients.SelectMany(c => c.Acts)], [.. clients.SelectMany(c => c.Broken)]);
    }

    // With nothing else happening: two joined by hand and parted again, by either of the two ways, are to the letter what they were.
    private static async Task GiveBackAsync(StormHub hub, int seed, int cases)
    {
        for (var i = 0; i < cases; i++)
        {
            var before = await hub.PictureAsync();
            var path = i % 3 == 2 ? "contacts" : "accounts";
            var (two, record) = await TwoAsync(hub, path, $"{seed} {i}");
            var (joined, said) = await hub.Api.SendAsync(HttpMethod.Post, $"/{path}/{two[0]}:merge", new { with = two[1] });
            Assert.True(joined.IsSuccessStatusCode, $"{said}");
            await hub.SettleAsync();
            Assert.NotEqual(before, await hub.PictureAsync());

            var survivor = (await hub.ListAsync<Guid>("select survivor_id from redirects where retired_id = any($1)", new object[] { two }))[0];
            var (parted, why) = i % 2 == 0
                ? await hub.Api.SendAsync(HttpMethod.Delete, $"/matches/decisions/{said.GetProperty("decisionId").GetString()}", null)
                : await hub.Api.SendAsync(HttpMethod.Post, $"/{path}/{survivor}:unmerge", new { recordId = record });
            Assert.True(parted.IsSuccessStatusCode, $"{why}");
            await hub.SettleAsync();

            Same(before, await hub.PictureAsync());
        }
    }

    // Two that no number forbids to join, and the record of the one that is alone in it.
    private static async Task<(Guid[] Two, Guid Record)> TwoAsync(StormHub hub, string path, string word)
    {
        var kind = path == "accounts" ? "Account" : "Contact";
        var siren = path == "accounts" ? "and siren is null" : "";
        var two = await hub.ListAsync<Guid>($"select id from {path} where record_count = 1 {siren} order by md5(id::text || $1) limit 1", word);
        two.AddRange(await hub.ListAsync<Guid>($"select id from {path} where id <> $2 order by md5(id::text || $1) limit 1", word, two[0]));
        var record = await hub.ListAsync<Guid>(
            "select r.id from records r join links l on l.record_id = r.id and l.kind = r.kind where l.cluster_id = $1 and l.kind = $2", two[0], kind);
        return ([.. two], record[0]);
    }

    // Line by line, for whoever reads what differs.
    private static void Same(List<string> before, List<string> after)
    {
        var differs = string.Join('\n', before.Except(after).Take(4).Select(l => $"- {l}").Concat(after.Except(before).Take(4).Select(l => $"+ {l}")));
        Assert.True(differs.Length == 0, differs);
    }

    private static Task<List<string>> FactsAsync(StormHub hub) => hub.ListAsync<string>(
        """
        select 'interaction ' || id from interactions union all select 'document ' || id from documents
        union all select 'line ' || id from document_lines union all select 'opportunity ' || id from opportunities
        """);
}
