using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Rcu.Jobs;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Api;

public class AccountsApiTests
{
    [Fact]
    public async Task Pages_of_a_list_give_each_account_once()
    {
        await using var api = await ApiHub.StartAsync();
        await api.AddSampleAsync();

        var seen = new List<string>();
        for (var cursor = ""; cursor is not null;)
        {
            var (answer, page) = await api.GetAsync($"/accounts?limit=25{cursor}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("id").GetString()!));
            cursor = page.GetProperty("hasMore").GetBoolean() ? $"&cursor={page.GetProperty("nextCursor").GetString()}" : null;
        }

        Assert.Equal(SampleCustomers.Count, seen.Count);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_filter_keeps_what_it_names()
    {
        await using var api = await ApiHub.StartAsync();
        await api.AddSampleAsync();

        var (_, page) = await api.GetAsync("/accounts?type=prospect&city=Metz");

        Assert.NotEmpty(page.GetProperty("data").EnumerateArray());
        Assert.All(page.GetProperty("data").EnumerateArray(), row =>
            Assert.Equal(("prospect", "Metz"), (row.GetProperty("type").GetString(), row.GetProperty("city").GetString())));
    }

    [Fact]
    public async Task An_account_comes_with_what_is_around_it_and_where_it_comes_from()
    {
        await using var api = await ApiHub.StartAsync();
        var first = (await api.AddSampleAsync()).First;

        var (answer, account) = await api.GetAsync($"/accounts/{first.Account.Id}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull(answer.Headers.ETag);
        Assert.Equal(first.Siren.Value, account.GetProperty("siren").GetString());
        Assert.Equal("crm", account.GetProperty("origins").GetProperty("name").GetProperty("source").GetString());
        Assert.NotEmpty(account.GetProperty("establishments").EnumerateArray());
        Assert.NotEmpty(account.GetProperty("contacts").EnumerateArray().SelectMany(c => c.GetProperty("roles").EnumerateArray()));
        Assert.Equal(128_450.75m, account.GetProperty("metrics").GetProperty("revenue12m").GetDecimal());
    }

    [Theory]
    [InlineData("timeline")]
    [InlineData("documents")]
    [InlineData("lineage")]
    public async Task What_is_around_an_account_has_its_own_address(string part)
    {
        await using var api = await ApiHub.StartAsync();
        var first = (await api.AddSampleAsync()).First;

        var (answer, body) = await api.GetAsync($"/accounts/{first.Account.Id}/{part}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(body.GetProperty(part is "lineage" ? "records" : "data").EnumerateArray());
    }

    [Fact]
    public async Task The_key_of_any_source_finds_the_account()
    {
        await using var api = await ApiHub.StartAsync();
        var first = (await api.AddSampleAsync()).First;

        var (_, erp) = await api.GetAsync("/accounts/by-key/erp/C00127");
        var (_, crm) = await api.GetAsync("/accounts/by-key/crm/ACC-0042");
        var (nobody, problem) = await api.GetAsync("/accounts/by-key/erp/C99999");

        Assert.Equal($"{first.Account.Id}", erp.GetProperty("id").GetString());
        Assert.Equal($"{first.Account.Id}", crm.GetProperty("id").GetString());
        Assert.Equal((HttpStatusCode.NotFound, "source_key.not_found"), (nobody.StatusCode, problem.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/timeline")]
    public async Task A_retired_id_leads_to_the_one_that_answers_for_it(string part)
    {
        await using var api = await ApiHub.StartAsync();
        var first = (await api.AddSampleAsync()).First;

        var (answer, body) = await api.GetAsync($"/accounts/{first.RetiredId}{part}");

        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.Equal($"/api/v1/accounts/{first.Account.Id}{part}", answer.Headers.Location!.OriginalString);
        Assert.Equal($"{first.Account.Id}", body.GetProperty("mergedInto").GetString());
    }

    [Fact]
    public async Task What_a_source_says_by_its_key_reaches_the_account()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();

        var (first, inserted) = await PushAsync(api, "Menuiserie Vasseur");
        await api.WorkAsync<PipelineJob>(inserted.GetProperty("runId").GetGuid());
        var (_, account) = await api.GetAsync("/accounts/by-key/erp/C7");
        var (_, again) = await PushAsync(api, "Menuiserie Vasseur");
        var (_, renamed) = await PushAsync(api, "Menuiserie Vasseur et fils");

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal("inserted", inserted.GetProperty("outcome").GetString());
        Assert.Equal("Menuiserie Vasseur", account.GetProperty("name").GetString());
        Assert.Equal("unchanged", again.GetProperty("outcome").GetString());
        Assert.Equal("updated", renamed.GetProperty("outcome").GetString());
        Assert.Equal(account.GetProperty("id").GetString(), renamed.GetProperty("goldenId").GetString());
    }

    [Fact]
    public async Task A_write_made_on_an_older_version_is_refused()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        var (_, pushed) = await PushAsync(api, "Menuiserie Vasseur");
        await api.WorkAsync<PipelineJob>(pushed.GetProperty("runId").GetGuid());
        var (read, _) = await api.GetAsync("/accounts/by-key/erp/C7");

        var stale = await PutIfAsync(api, "\"1-1\"");
        var fresh = await PutIfAsync(api, read.Headers.ETag!.Tag);

        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal("request.stale", (await ApiHub.BodyAsync(stale)).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.Accepted, fresh.StatusCode);
    }

    [Fact]
    public async Task Fields_nobody_knows_are_all_named()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();

        var (answer, problem) = await api.SendAsync(HttpMethod.Put, "/accounts/by-key/erp/C7", new { name = "A", raisonSociale = "B", ville = "C" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("request.unknown_fields", problem.GetProperty("code").GetString());
        Assert.Equal(["raisonSociale", "ville"], problem.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Theory]
    [InlineData("/accounts/by-key/nowhere/1", "{\"name\":\"A\"}", 422, "import.unknown_source")]
    [InlineData("/accounts/by-key/erp/1", "{}", 400, "request.invalid")]
    [InlineData("/accounts/by-key/erp/1", "{\"name\":", 400, "request.unreadable")]
    [InlineData("/accounts/by-key/erp/1", "{\"headcount\":\"many\"}", 400, "request.unreadable")]
    [InlineData("/accounts/by-key/erp/1", "{\"recordKind\":\"contact\"}", 400, "request.unknown_fields")]
    [InlineData("/accounts/by-key/erp/1", "[]", 400, "request.unreadable")]
    public async Task A_write_that_says_nothing_usable_is_refused(string path, string json, int status, string code)
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();

        using var content = new StringContent(json, MediaTypeHeaderValue.Parse("application/json"));
        var answer = await api.Client.PutAsync(new Uri($"/api/v1{path}", UriKind.Relative), content);

        Assert.Equal((status, code), ((int)answer.StatusCode, (await ApiHub.BodyAsync(answer)).GetProperty("code").GetString()));
    }

    private static Task<(HttpResponseMessage, JsonElement)> PushAsync(ApiHub api, string name) =>
        api.SendAsync(HttpMethod.Put, "/accounts/by-key/erp/C7", new { name, city = "Metz", postalCode = "57000" });

    private static async Task<HttpResponseMessage> PutIfAsync(ApiHub api, string etag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/accounts/by-key/erp/C7") { Content = JsonContent.Create(new { name = "Autre" }) };
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        return await api.Client.SendAsync(request);
    }
}
