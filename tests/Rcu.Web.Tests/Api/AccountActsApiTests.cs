using System.Net;
using Microsoft.EntityFrameworkCore;
using Rcu.Resolution;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Api;

public class AccountActsApiTests
{
    private static readonly string[] Moselle = ["57"];

    [Fact]
    public async Task A_record_parted_by_the_api_and_by_the_page_is_the_same_decision()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        using var steward = await SignedIn.ClientAsync(api.Hub);
        var account = sample.First.Account.Id;
        await using var db = sample.Open();
        var records = await db.Links.Where(l => l.Kind == ClusterKind.Account && l.ClusterId == account)
            .Join(db.Records.Where(r => r.Kind == Rcu.Customers.RecordKind.Account), l => l.RecordId, r => r.Id, (_, r) => r.Id).OrderBy(id => id).ToListAsync();

        var (stale, _) = await SendAsync(api, $"/accounts/{account}:unmerge", "\"0-0\"", new { recordId = records[0] });
        var (sent, view) = await api.SendAsync(HttpMethod.Post, $"/accounts/{account}:unmerge", new { recordId = records[0], reason = "Deux sociétés" });
        var byApi = await DecisionsAsync(db);
        await db.Decisions.ExecuteDeleteAsync();
        using var typed = await steward.PostFormAsync(
            $"/comptes/{account}?onglet=sources", "/doublons/separer", new("kind", "Account"), new("recordId", $"{records[0]}"), new("reason", "Deux sociétés"),
            new("returnUrl", "/comptes"));
        var byPage = await DecisionsAsync(db);
        var (foreign, problem) = await api.SendAsync(HttpMethod.Post, $"/accounts/{sample.Accounts[7].Id}:unmerge", new { recordId = records[0] });

        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal((HttpStatusCode.Accepted, records.Count - 1), (sent.StatusCode, view.GetProperty("partedFrom").GetInt32()));
        Assert.NotEmpty(byApi);
        Assert.Equal(byApi, byPage);
        Assert.Equal((HttpStatusCode.NotFound, "record.not_linked"), (foreign.StatusCode, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Two_accounts_are_joined_by_a_decision_and_never_over_two_sirens()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        var (one, other) = (sample.First.Account.Id, sample.Accounts[2].Id);

        var (two, refusal) = await api.SendAsync(HttpMethod.Post, $"/accounts/{one}:merge", new { with = other });
        await using var db = sample.Open();
        await db.Accounts.Where(a => a.Id == other).ExecuteUpdateAsync(set => set.SetProperty(a => a.Siren, (Rcu.Identifiers.Siren?)null));
        var (sent, _) = await api.SendAsync(HttpMethod.Post, $"/accounts/{one}:merge", new { with = other, reason = "Vérifié" });
        var (again, nothing) = await api.SendAsync(HttpMethod.Post, $"/accounts/{one}:merge", new { with = one });
        var decisions = await db.Decisions.AsNoTracking().Where(d => d.RevokedAt == null && d.Verdict == Rcu.Matching.Verdict.Same).ToListAsync();

        Assert.Equal((HttpStatusCode.Conflict, "match.two_sirens"), (two.StatusCode, refusal.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        Assert.Equal((HttpStatusCode.Conflict, "merge.nothing"), (again.StatusCode, nothing.GetProperty("code").GetString()));
        var decision = Assert.Single(decisions);
        Assert.Equal(("api:ERP", "Vérifié"), (decision.DecidedBy, decision.Reason));
    }

    [Fact]
    public async Task A_search_by_a_rule_finds_what_the_list_finds_by_a_filter()
    {
        await using var api = await ApiHub.StartAsync();
        await api.AddSampleAsync();

        var (_, listed) = await api.GetAsync("/accounts?department=57&limit=200");
        var (found, searched) = await api.SendAsync(HttpMethod.Post, "/accounts:search", new { filter = new { department = "57" }, limit = 200 });
        var (ruled, byRule) = await api.SendAsync(
            HttpMethod.Post, "/accounts:search", new { rule = new { kind = "compare", field = "department", @operator = "Is", values = Moselle }, limit = 200 });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (found.StatusCode, ruled.StatusCode));
        Assert.NotEmpty(Ids(listed));
        Assert.Equal(Ids(listed), Ids(searched));
        Assert.Equal(Ids(listed), Ids(byRule));
    }

    private static List<Guid> Ids(System.Text.Json.JsonElement page) =>
        [.. page.GetProperty("data").EnumerateArray().Select(a => a.GetProperty("id").GetGuid())];

    private static async Task<List<(Guid, Guid, Rcu.Matching.Verdict, string?)>> DecisionsAsync(Rcu.Data.RcuDb db) =>
        [.. (await db.Decisions.AsNoTracking().Where(d => d.RevokedAt == null).OrderBy(d => d.LeftRecordId).ThenBy(d => d.RightRecordId).ToListAsync())
            .Select(d => (d.LeftRecordId, d.RightRecordId, d.Verdict, d.Reason))];

    private static async Task<(HttpResponseMessage Answer, System.Text.Json.JsonElement Body)> SendAsync(ApiHub api, string path, string etag, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1{path}") { Content = System.Net.Http.Json.JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        var answer = await api.Client.SendAsync(request);
        return (answer, await ApiHub.BodyAsync(answer));
    }
}
