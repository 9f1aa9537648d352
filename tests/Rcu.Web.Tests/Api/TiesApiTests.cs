using System.Net;
using Microsoft.EntityFrameworkCore;
using Rcu.Resolution;
using Rcu.Web.Tests.Resolution;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Api;

/// <summary>What was set after seeing it: a link between two accounts over the API, the cuts by the page as by the API.</summary>
public class TiesApiTests
{
    [Fact]
    public async Task A_link_is_read_with_its_version_and_taken_back_only_by_who_saw_it()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await api.SayAsync(("erp", "A1"), new { name = "Menuiserie Vasseur", city = "Metz" }, ("erp", "B1"), new { name = "Transports Peltier", city = "Lyon" });
        var ids = await api.ClustersAsync();

        var (_, declared) = await api.SendAsync(HttpMethod.Post, $"/accounts/{ids["A1"]}/ties", new { otherId = ids["B1"], parent = true, percentage = 60 });
        var path = $"/ties/{declared.GetProperty("id").GetGuid()}";
        var (read, tie) = await api.GetAsync(path);
        var stale = await DeleteAsync(api, path, "\"1-1\"");
        var gone = await DeleteAsync(api, path, read.Headers.ETag!.Tag);
        var (nowhere, problem) = await api.GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, 60m), (read.StatusCode, tie.GetProperty("percentage").GetDecimal()));
        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.NoContent), (stale, gone));
        Assert.Equal((HttpStatusCode.NotFound, "tie.not_found"), (nowhere.StatusCode, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task The_page_and_the_api_set_the_same_cuts()
    {
        await using var api = await ApiHub.StartAsync();
        await using var db = api.Open();
        using var steward = await SignedIn.ClientAsync(api.Hub);

        await steward.PostFormAsync(
            "/doublons/seuils?reunir=95.5&demander=40", "/doublons/seuils", new("automatic", "95.5"), new("asked", "40"), new("reason", "Essai"), new("version", "0"));
        await api.SendAsync(HttpMethod.Put, "/matches/cuts", new { kind = "account", automatic = .955, review = .4, reason = "Essai", version = 1 });
        var set = await db.Set<MatchCuts>().OrderBy(c => c.Version).Select(c => new { c.Kind, c.Automatic, c.Review, c.Reason }).ToListAsync();

        Assert.Equal(2, set.Count);
        Assert.Single(set.Distinct());
    }

    private static async Task<HttpStatusCode> DeleteAsync(ApiHub api, string path, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1{path}") { Headers = { { "If-Match", tag } } };
        return (await api.Client.SendAsync(request)).StatusCode;
    }
}
