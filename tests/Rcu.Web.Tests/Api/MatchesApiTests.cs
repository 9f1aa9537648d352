using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Api;

public class MatchesApiTests
{
    [Fact]
    public async Task A_pair_is_listed_with_its_reasons_judged_and_taken_back()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();

        var pair = await PairAsync(api);
        var path = $"/matches/{pair.GetProperty("id").GetString()}";
        var (twoUnits, refusal) = await api.SendAsync(HttpMethod.Put, $"{path}/judgement", new { judgement = "same" });
        await using (var db = sample.Open())
        {
            await db.Accounts.Where(a => db.Links.Any(l => l.ClusterId == a.Id && db.Matches.Any(m => m.RightRecordId == l.RecordId)))
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Siren, (Rcu.Identifiers.Siren?)null));
        }

        var (seen, one) = await api.GetAsync(path);
        var (judged, judgement) = await api.SendAsync(HttpMethod.Put, $"{path}/judgement", new { judgement = "same", reason = "Vérifié" });
        var (undone, back) = await api.SendAsync(HttpMethod.Delete, $"{path}/judgement", null);
        var (nothing, problem) = await api.SendAsync(HttpMethod.Delete, $"{path}/judgement", null);

        Assert.Equal((HttpStatusCode.Conflict, "match.two_sirens"), (twoUnits.StatusCode, refusal.GetProperty("code").GetString()));
        Assert.Equal("Même nom à une abréviation près, même commune.", pair.GetProperty("why").GetString());
        Assert.Equal((HttpStatusCode.OK, "probable"), (seen.StatusCode, one.GetProperty("band").GetString()));
        Assert.Equal((HttpStatusCode.OK, "same", "api:ERP"), (judged.StatusCode, judgement.GetProperty("judgement").GetString(), judgement.GetProperty("judgedBy").GetString()));
        Assert.Equal((HttpStatusCode.OK, "undecided"), (undone.StatusCode, back.GetProperty("judgement").GetString()));
        Assert.Equal((HttpStatusCode.Conflict, "match.not_judged"), (nothing.StatusCode, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task The_page_and_the_api_refuse_a_judgement_for_the_same_reason()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        var id = (await PairAsync(api)).GetProperty("id").GetString();
        await using (var db = sample.Open())
        {
            await db.Matches.ExecuteUpdateAsync(set => set.SetProperty(m => m.Veto, "siren"));
        }

        using var steward = await SignedIn.ClientAsync(api.Hub);
        var page = await steward.PostFragmentAsync($"/doublons/{id}", $"/doublons/{id}?handler=Judge", new KeyValuePair<string, string>("judgement", "Same"));
        api.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        var (answer, problem) = await api.SendAsync(HttpMethod.Put, $"/matches/{id}/judgement", new { judgement = "same" });

        Assert.Equal("match.two_sirens", problem.GetProperty("code").GetString());
        Assert.Equal(page.StatusCode, answer.StatusCode);
        Assert.Equal(await page.Content.ReadAsStringAsync(), problem.GetProperty("title").GetString());
    }

    [Fact]
    public async Task The_page_and_the_api_keep_the_same_values_and_link_the_same_way()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        var path = $"/matches/{(await PairAsync(api)).GetProperty("id").GetString()}";
        await using var db = sample.Open();
        await Rcu.Ingestion.KnownFeeds.DeclareAsync(db, TimeProvider.System, default);
        await db.Accounts.Where(a => db.Links.Any(l => l.ClusterId == a.Id && db.Matches.Any(m => m.RightRecordId == l.RecordId)))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Siren, (Rcu.Identifiers.Siren?)null));
        using var steward = await SignedIn.ClientAsync(api.Hub);
        var page = $"/doublons/{path["/matches/".Length..]}";
        var tag = (await api.GetAsync(path)).Answer.Headers.ETag!.Tag;

        var byPage = await steward.PostFragmentAsync(
            page, $"{page}?handler=Judge", new("judgement", "Same"), new("pick[phone]", "result"), new("value[phone]", "01 99 00 77 88"));
        var kept = await KeptAsync(db);
        await api.SendAsync(HttpMethod.Delete, $"{path}/judgement", null);
        var nothing = await KeptAsync(db);
        var (byApi, _) = await api.SendAsync(HttpMethod.Put, $"{path}/judgement", new { judgement = "same", values = new { phone = "01 99 00 77 88" } });
        var same = await KeptAsync(db);
        using var late = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1{path}/judgement") { Headers = { { "If-Match", tag } } };
        var stale = await api.Client.SendAsync(late);
        await api.SendAsync(HttpMethod.Delete, $"{path}/judgement", null);
        var (wrong, why) = await api.SendAsync(HttpMethod.Put, $"{path}/judgement", new { judgement = "same", values = new { siren = "732829320" } });
        var linkedByPage = await steward.PostFragmentAsync(page, $"{page}?handler=Link", new("nature", "Capital"), new("parent", "Left"), new("percentage", "60.5"));
        var links = await LinksAsync(db);
        await api.SendAsync(HttpMethod.Delete, $"{path}/judgement", null);
        var none = await LinksAsync(db);
        var (linkedByApi, _) = await api.SendAsync(HttpMethod.Post, $"{path}:link", new { nature = "capital", parent = "left", percentage = 60.5 });

        Assert.All([byPage.StatusCode, byApi.StatusCode, linkedByPage.StatusCode, linkedByApi.StatusCode], status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Contains("01 99 00 77 88", kept, StringComparison.Ordinal);
        Assert.Equal((kept, "{}"), (same, nothing));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "edit.unknown_field"), (wrong.StatusCode, why.GetProperty("code").GetString()));
        Assert.Contains("60.50 saisie", links, StringComparison.Ordinal);
        Assert.Equal((links, ""), (await LinksAsync(db), none));
    }

    private static async Task<string> KeptAsync(Rcu.Data.RcuDb db) => string.Join('\n', await db.Database.SqlQuery<string>(
        $"""
        select v.payload::text as "Value" from records r join sources s on s.id = r.source_id and s.name = 'saisie'
        join source_records v on v.id = r.source_record_id where r.kind = 'Account' order by r.external_key
        """).ToListAsync());

    private static async Task<string> LinksAsync(Rcu.Data.RcuDb db) => string.Join('\n', await db.Database.SqlQuery<string>(
        $"""select concat_ws(' ', parent_id, child_id, nature, percentage, source) as "Value" from capital_links where source = 'saisie' """).ToListAsync());

    [Fact]
    public async Task A_judgement_that_says_nothing_or_is_of_nothing_is_refused()
    {
        await using var api = await ApiHub.StartAsync();
        await api.AddSampleAsync();
        var id = (await PairAsync(api)).GetProperty("id").GetString();

        var (malformed, why) = await api.SendAsync(HttpMethod.Put, $"/matches/{id}/judgement", new { judgement = "undecided" });
        var (nowhere, problem) = await api.SendAsync(HttpMethod.Put, $"/matches/{Guid.CreateVersion7()}/judgement", new { judgement = "same" });

        Assert.Equal((HttpStatusCode.BadRequest, "request.invalid"), (malformed.StatusCode, why.GetProperty("code").GetString()));
        Assert.True(why.GetProperty("errors").TryGetProperty("judgement", out _));
        Assert.Equal((HttpStatusCode.NotFound, "match.not_found"), (nowhere.StatusCode, problem.GetProperty("code").GetString()));
    }

    private static async Task<JsonElement> PairAsync(ApiHub api) =>
        (await api.GetAsync("/matches")).Body.GetProperty("data").EnumerateArray().Single();
}
