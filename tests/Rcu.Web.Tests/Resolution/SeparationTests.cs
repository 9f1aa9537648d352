using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Resolution;

/// <summary>A record that is parted takes along what people wrote since for it: what speaks of its people by itself, the rest as the steward says.</summary>
public class SeparationTests
{
    private static readonly object Vasseur = new { name = "Menuiserie Vasseur", postalCode = "57000", city = "Metz" };
    private static readonly object Peltier = new { name = "Transports Peltier", postalCode = "69003", city = "Lyon" };

    [Theory]
    [InlineData("B1", "A1")]
    [InlineData("A1", "B1")]
    public async Task What_was_written_on_a_joined_account_goes_to_the_side_that_is_chosen(string leaves, string stays)
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await api.SayAsync(("erp", "A1"), Vasseur, ("crm", "B1"), Peltier);
        await api.SendAsync(HttpMethod.Put, "/contacts/by-key/crm/P1", new { accountKey = "B1", givenName = "Léa", familyName = "Moreau", email = "lea.moreau@peltier.example" });
        await api.ResolveAsync();
        var apart = await api.ClustersAsync();
        var (_, merged) = await api.SendAsync(HttpMethod.Post, $"/accounts/{apart["A1"]}:merge", new { with = apart["B1"], reason = "essai" });
        await api.ResolveAsync();
        var joined = await api.ClustersAsync();
        var golden = joined["A1"];
        Assert.Equal(golden, joined["B1"]);

        // Written on the two of them: of Léa, and of nobody in particular.
        var colleague = await api.Hub.LetInAsync("Steward");
        var lea = (await api.ListAsync($"/contacts?accountId={golden}")).Single(c => c.GetProperty("name").GetString()!.Contains("Moreau")).GetProperty("id").GetString();
        await api.SendAsync(HttpMethod.Post, $"/accounts/{golden}/tasks", new { title = "Rappeler Léa", contactId = lea, assignee = colleague });
        await api.SendAsync(HttpMethod.Post, $"/accounts/{golden}/tasks", new { title = "Envoyer la plaquette", assignee = colleague });
        await api.SendAsync(HttpMethod.Post, $"/accounts/{golden}/notes", new { kind = "note", text = "Veut un devis" });
        await api.SendAsync(HttpMethod.Post, "/accounts:bulk", new { act = "tag", value = "salon", ids = new[] { golden } });
        await api.SendAsync(HttpMethod.Put, $"/accounts/{golden}/values/phone", new { value = "01 99 00 12 34" });
        await api.ResolveAsync();

        var record = await RecordAsync(api, leaves);
        var (_, preview) = await api.GetAsync($"/accounts/{golden}/records/{record}/separation");
        var written = preview.GetProperty("written").EnumerateArray().ToList();
        var chosen = written.Where(w => w.GetProperty("what").GetString() is "note" or "tag").Select(w => w.GetProperty("key").GetString()).ToList();
        var told = written.Where(w => w.GetProperty("isSure").GetBoolean() && w.GetProperty("leaves").GetBoolean()).Select(w => w.GetProperty("key").GetString());
        var (parted, _) = await api.SendAsync(
            HttpMethod.Post, $"/accounts/{golden}:unmerge", new { recordId = record, leaving = chosen.Concat(told) });
        await api.ResolveAsync();
        var after = await api.ClustersAsync();

        Assert.Equal(["note", "tag", "task", "task", "values"], written.Select(w => w.GetProperty("what").GetString()).Order());
        Assert.Equal(HttpStatusCode.Accepted, parted.StatusCode);
        Assert.Equal((apart["A1"], apart["B1"]), (after["A1"], after["B1"]));
        Assert.Equal(leaves == "B1" ? ["Rappeler Léa"] : [], await TasksAsync(api, after[leaves]));
        Assert.Equal(leaves == "B1" ? ["Envoyer la plaquette"] : ["Envoyer la plaquette", "Rappeler Léa"], await TasksAsync(api, after[stays]));
        Assert.Equal(["Veut un devis"], (await api.ListAsync($"/interactions?accountId={after[leaves]}")).Select(i => i.GetProperty("text").GetString()));
        Assert.Empty(await api.ListAsync($"/interactions?accountId={after[stays]}"));
        Assert.Equal([after[leaves]], await api.InAsync(s => s.GetRequiredService<NpgsqlDataSource>().ListAsync("select account_id from account_tags where tag = 'salon'")));

        // The whole of it is told afterwards, step by step.
        var fusions = await api.ListAsync("/matches/fusions");
        var stories = new[] { (await api.GetAsync($"/matches/fusions/account/{after["A1"]}")).Body, (await api.GetAsync($"/matches/fusions/account/{after["B1"]}")).Body };
        Assert.Equal(2, fusions.Count(f => f.GetProperty("what").GetString() is "saidSame" or "saidDifferent"));
        Assert.Contains(fusions, f => f.GetProperty("what").GetString() == "takenBack");
        Assert.Contains(stories.SelectMany(story => story.EnumerateArray()), step => step.GetProperty("what").GetString() == "left");

        // What the merge had been is not undone twice: a word that a newer one replaced is no longer in force.
        var (again, _) = await api.SendAsync(HttpMethod.Delete, $"/matches/decisions/{merged.GetProperty("decisionId").GetString()}", null);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task A_merge_that_is_taken_back_gives_back_the_word_that_stood_against_it()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await api.SayAsync(("erp", "A1"), Vasseur, ("crm", "B1"), Vasseur);
        var one = (await api.ClustersAsync())["A1"];
        var atFirst = (await api.ListAsync("/matches/fusions")).Single();
        await api.SendAsync(HttpMethod.Post, $"/accounts/{one}:unmerge", new { recordId = await RecordAsync(api, "B1") });
        await api.ResolveAsync();
        var apart = await api.ClustersAsync();

        var (_, merged) = await api.SendAsync(HttpMethod.Post, $"/accounts/{apart["A1"]}:merge", new { with = apart["B1"] });
        await api.ResolveAsync();
        var joined = await api.ClustersAsync();
        var byHand = await api.ListAsync("/matches/fusions?what=joined&byHand=true");
        var ofKey = await api.ListAsync($"/matches/fusions?what=joined&who={Uri.EscapeDataString("api:ERP")}");
        var byHub = await api.ListAsync("/matches/fusions?what=joined&byHand=false");
        var all = await api.ListAsync("/matches/fusions");
        var (_, first) = await api.GetAsync("/matches/fusions?limit=1");
        var next = await api.ListAsync($"/matches/fusions?limit=1&cursor={first.GetProperty("nextCursor").GetString()}");
        var tomorrow = await api.ListAsync($"/matches/fusions?since={DateTime.UtcNow.AddDays(1):yyyy-MM-dd}T00:00:00Z");
        await api.SendAsync(HttpMethod.Delete, $"/matches/decisions/{merged.GetProperty("decisionId").GetString()}", null);
        await api.ResolveAsync();

        Assert.Equal(("joined", one), (atFirst.GetProperty("what").GetString(), atFirst.GetProperty("goldenId").GetGuid()));
        Assert.Equal(joined["A1"], Assert.Single(byHand).GetProperty("goldenId").GetGuid());
        Assert.Equal("api:ERP", Assert.Single(ofKey).GetProperty("who").GetString());
        Assert.Empty(byHub);
        Assert.Equal(all[1].GetProperty("id").GetGuid(), Assert.Single(next).GetProperty("id").GetGuid());
        Assert.Empty(tomorrow);
        Assert.NotEqual(apart["A1"], apart["B1"]);
        Assert.Equal(joined["A1"], joined["B1"]);
        Assert.Equal((apart["A1"], apart["B1"]), ((await api.ClustersAsync())["A1"], (await api.ClustersAsync())["B1"]));
        var desk = await api.Hub.SignInAsync("Steward");
        foreach (var page in new[] { "/fusions", "/fusions?quoi=SaidDifferent", "/fusions?comment=Hand&du=2020-01-01", $"/fusions/Account/{apart["A1"]}" })
        {
            var answer = await desk.GetAsync(new Uri(page, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("Menuiserie Vasseur", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static async Task<Guid> RecordAsync(ApiHub api, string key) => (await api.InAsync(s =>
        s.GetRequiredService<NpgsqlDataSource>().ListAsync($"select id from records where kind = 'Account' and external_key = '{key}'")))[0];

    private static async Task<List<string?>> TasksAsync(ApiHub api, Guid account)
    {
        var (_, tasks) = await api.GetAsync($"/accounts/{account}/tasks");
        var rows = tasks.ValueKind is JsonValueKind.Array ? tasks : tasks.GetProperty("data");
        return [.. rows.EnumerateArray().Select(t => t.GetProperty("title").GetString()).Order(StringComparer.Ordinal)];
    }
}
