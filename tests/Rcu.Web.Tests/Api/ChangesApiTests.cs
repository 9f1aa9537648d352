using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Activation;
using Rcu.Web.Tests.Resolution;

namespace Rcu.Web.Tests.Api;

/// <summary>A program that follows the hub hears of everything, in order and once, and can tell when it came too late.</summary>
public class ChangesApiTests
{
    private static readonly object Vasseur = new { name = "Menuiserie Vasseur", postalCode = "57000", city = "Metz" };
    private static readonly object InLyon = new { kind = "all", of = new[] { new { kind = "compare", field = "city", @operator = "Is", values = new[] { "Lyon" } } } };
    private static readonly object Peltier = new { name = "Transports Peltier", postalCode = "69003", city = "Lyon" };

    [Fact]
    public async Task What_becomes_of_an_account_is_told_from_its_birth_to_its_end()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        var (_, start) = await api.GetAsync("/changes?cursor=now");
        var cursor = start.GetProperty("nextCursor").GetString()!;

        await api.SayAsync(("erp", "A1"), Vasseur, ("crm", "B1"), Peltier);
        await api.SendAsync(HttpMethod.Put, "/contacts/by-key/crm/P1", new { accountKey = "B1", givenName = "Léa", familyName = "Moreau", email = "lea.moreau@peltier.example" });
        await api.ResolveAsync();
        var born = await ReadAsync();
        var apart = await api.ClustersAsync();
        await api.SendAsync(HttpMethod.Put, $"/accounts/{apart["A1"]}/values/phone", new { value = "01 99 00 12 34" });
        await api.ResolveAsync();
        var said = await ReadAsync();
        var (_, segment) = await api.SendAsync(HttpMethod.Post, "/segments", new
        {
            name = "Lyon",
            target = "accounts",
            rule = InLyon,
        });
        var entered = await ReadAsync();
        var (_, merged) = await api.SendAsync(HttpMethod.Post, $"/accounts/{apart["A1"]}:merge", new { with = apart["B1"] });
        await api.ResolveAsync();
        var joined = await ReadAsync();
        var survivor = (await api.ClustersAsync())["A1"];
        var retired = survivor == apart["A1"] ? apart["B1"] : apart["A1"];
        await api.SendAsync(HttpMethod.Delete, $"/matches/decisions/{merged.GetProperty("decisionId").GetString()}", null);
        await api.ResolveAsync();
        var parted = await ReadAsync();
        await api.ResolveAsync();
        var quiet = await ReadAsync();

        Assert.Equal(
            [("account", apart["A1"], "created"), ("account", apart["B1"], "created")],
            born.Where(c => c.Kind is "account" && c.Change is "created").OrderBy(c => c.Id == apart["B1"]));
        Assert.Equal(("contact", "created"), Assert.Single(born, c => c.Kind is "contact") is var lea ? (lea.Kind, lea.Change) : default);
        Assert.Contains(("account", apart["A1"], "updated"), said);
        Assert.Equal([("account", apart["B1"], "entered")], entered);
        Assert.True(segment.TryGetProperty("id", out _));
        Assert.Contains(("account", retired, "merged"), joined);
        Assert.Contains(("account", survivor, "updated"), joined);
        Assert.DoesNotContain(joined, c => c.Change is "erased");
        Assert.Contains(("account", retired, "unmerged"), parted);
        Assert.True(parted.IndexOf(("account", retired, "unmerged")) < parted.IndexOf(("account", retired, "created")));
        Assert.Empty(quiet);

        // All of it again from the start, two by two, is the same; and only what a key may read is told.
        var whole = await WholeAsync(api);
        Assert.Equal([.. born, .. said, .. entered, .. joined, .. parted], whole);
        using var narrow = await api.ClientAsync("accounts:read");
        var seen = JsonSerializer.Deserialize<JsonElement>(await narrow.GetStringAsync(new Uri("/api/v1/changes?limit=200", UriKind.Relative))).GetProperty("data");
        Assert.Equal(whole.Count(c => c.Kind is "account" && c.Change is not ("entered" or "left")), seen.GetArrayLength());
        var (_, mergedView) = await api.GetAsync($"/changes?limit=200&kind=account");
        var told = mergedView.GetProperty("data").EnumerateArray().Single(c => c.GetProperty("change").GetString() is "merged");
        Assert.Equal(survivor, told.GetProperty("survivorId").GetGuid());

        async Task<List<(string Kind, Guid Id, string Change)>> ReadAsync()
        {
            var (answer, body) = await api.GetAsync($"/changes?limit=200&cursor={cursor}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            cursor = body.GetProperty("nextCursor").GetString()!;
            return Changes(body);
        }
    }

    [Fact]
    public async Task A_change_that_is_written_late_is_never_behind_who_reads()
    {
        await using var api = await ApiHub.StartAsync();
        var database = api.Hub.Services.GetRequiredService<NpgsqlDataSource>();
        await using var slow = await database.OpenConnectionAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await WriteAsync(slow, first);
        await using (var quick = await database.OpenConnectionAsync())
        {
            await WriteAsync(quick, second);
        }

        var (_, meanwhile) = await api.GetAsync("/changes");
        await transaction.CommitAsync();
        var (_, after) = await api.GetAsync($"/changes?cursor={meanwhile.GetProperty("nextCursor").GetString()}");

        Assert.Empty(Changes(meanwhile));
        Assert.Equal([first, second], Changes(after).Select(c => c.Id));

        static async Task WriteAsync(NpgsqlConnection connection, Guid id)
        {
            await using var write = new NpgsqlCommand("insert into changes (kind, subject_id, change) values ('Account', $1, 'Updated')", connection)
            {
                Parameters = { new() { Value = id } },
            };
            await write.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Who_comes_back_after_the_changes_were_forgotten_is_told_to_read_everything_again()
    {
        await using var api = await ApiHub.StartAsync();
        var database = api.Hub.Services.GetRequiredService<NpgsqlDataSource>();
        var old = Guid.NewGuid();
        await ExecuteAsync($"insert into changes (kind, subject_id, change, at) values ('Account', '{old}', 'Updated', now() - interval '31 days')");
        var (_, before) = await api.GetAsync("/changes");
        await ExecuteAsync("insert into changes (kind, subject_id, change, at) values ('Account', gen_random_uuid(), 'Updated', now() - interval '31 days')");
        await ExecuteAsync($"insert into changes (kind, subject_id, change) values ('Account', '{old}', 'Updated')");

        await api.InAsync(async services =>
        {
            await services.GetRequiredService<ChangeFeed>().ForgetAsync(default);
            return 0;
        });
        var (late, why) = await api.GetAsync($"/changes?cursor={before.GetProperty("nextCursor").GetString()}");
        var (_, anew) = await api.GetAsync("/changes");
        var (_, onward) = await api.GetAsync($"/changes?cursor={anew.GetProperty("nextCursor").GetString()}");
        var (wrong, _) = await api.GetAsync("/changes?cursor=abc");

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("relisez toutes les fiches", why.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal([old], Changes(anew).Select(c => c.Id));
        Assert.Empty(Changes(onward));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);

        async Task ExecuteAsync(string sql)
        {
#pragma warning disable CA2100 // constant text of this test
            await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<List<(string Kind, Guid Id, string Change)>> WholeAsync(ApiHub api)
    {
        var (all, cursor, more) = (new List<(string, Guid, string)>(), "", true);
        while (more)
        {
            var (_, page) = await api.GetAsync($"/changes?limit=2{cursor}");
            all.AddRange(Changes(page));
            (cursor, more) = ($"&cursor={page.GetProperty("nextCursor").GetString()}", page.GetProperty("hasMore").GetBoolean());
        }

        return all;
    }

    private static List<(string Kind, Guid Id, string Change)> Changes(JsonElement page) =>
    [
        .. page.GetProperty("data").EnumerateArray()
            .Select(c => (c.GetProperty("kind").GetString()!, c.GetProperty("id").GetGuid(), c.GetProperty("change").GetString()!)),
    ];
}
