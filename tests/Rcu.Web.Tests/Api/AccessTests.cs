using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Security;

namespace Rcu.Web.Tests.Api;

public class AccessTests
{
    private static readonly Uri Accounts = new("/api/v1/accounts", UriKind.Relative);

    [Theory]
    [InlineData(null, "api_key.missing")]
    [InlineData("Bearer rcu_live_000000000000000000000000000000000000000000000000", "api_key.refused")]
    [InlineData("Bearer x", "api_key.refused")]
    [InlineData("Basic eDp5", "api_key.refused")]
    public async Task Without_a_good_key_nothing_opens(string? header, string code)
    {
        await using var api = await ApiHub.StartAsync();
        using var client = api.Hub.CreateClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        var answer = await client.GetAsync(Accounts);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        await AssertProblemAsync(answer, 401, code);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_any_more()
    {
        await using var api = await ApiHub.StartAsync();
        var key = await api.KeyAsync("accounts:read");
        using var client = api.Hub.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Accounts)).StatusCode);

        await api.InAsync(services => services.GetRequiredService<ApiKeys>().RevokeAsync(key.Key.Id, "test", default));

        await AssertProblemAsync(await client.GetAsync(Accounts), 401, "api_key.refused");
    }

    [Fact]
    public async Task A_key_does_only_what_it_may()
    {
        await using var api = await ApiHub.StartAsync();
        using var reader = await api.ClientAsync("accounts:read");

        var write = await reader.PutAsJsonAsync(new Uri("/api/v1/accounts/by-key/erp/1", UriKind.Relative), new { name = "A" });
        var contact = await reader.PostAsJsonAsync(new Uri("/api/v1/resolve", UriKind.Relative), new { contact = new { familyName = "Moreau" } });

        await AssertProblemAsync(write, 403, "api_key.scope");
        await AssertProblemAsync(contact, 403, "api_key.scope");
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_is_a_problem_with_a_reference()
    {
        await using var api = await ApiHub.StartAsync();

        await AssertProblemAsync(await api.Client.GetAsync(new Uri("/api/v1/nowhere", UriKind.Relative)), 404, "http.404");
        await AssertProblemAsync(await api.Client.GetAsync(new Uri($"/api/v1/accounts/{Guid.CreateVersion7()}", UriKind.Relative)), 404, "account.not_found");
        await AssertProblemAsync(await api.Client.GetAsync(new Uri("/api/v1/accounts?limit=many", UriKind.Relative)), 400, "request.question");
        await AssertProblemAsync(await api.Client.GetAsync(new Uri("/api/v1/accounts?cursor=made-up", UriKind.Relative)), 400, "request.question");
    }

    [Theory]
    [InlineData("/accounts?limit=many", "limit", "« many » ne se lit pas ; attendu : un nombre")]
    [InlineData("/accounts?type=Zombie", "type", "« Zombie » ne se lit pas ; attendu : prospect, customer, formerCustomer, partner")]
    [InlineData("/accounts/01890000-0000-7000-8000-000000000000/as-of", "at", "la valeur manque")]
    [InlineData("/accounts/01890000-0000-7000-8000-000000000000/as-of?at=hier", "at", "« hier » ne se lit pas ; attendu : une date ou un instant, AAAA-MM-JJ ou AAAA-MM-JJThh:mm:ssZ")]
    public async Task A_question_that_does_not_read_says_which_parameter_and_what_it_wants(string question, string parameter, string why)
    {
        await using var api = await ApiHub.StartAsync();
        api.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");

        var (answer, problem) = await api.GetAsync(question);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("request.question", problem.GetProperty("code").GetString());
        Assert.Equal(why, Assert.Single(problem.GetProperty("errors").GetProperty(parameter).EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("fr", "Ce compte n’existe pas.")]
    [InlineData("en", "There is no such account.")]
    public async Task A_problem_speaks_the_reader_s_language(string language, string title)
    {
        await using var api = await ApiHub.StartAsync();
        api.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);

        var (_, problem) = await api.GetAsync($"/accounts/{Guid.CreateVersion7()}");

        Assert.Equal(title, problem.GetProperty("title").GetString());
    }

    [Fact]
    public async Task Each_answer_says_what_is_left_and_too_many_are_refused()
    {
        await using var api = await ApiHub.StartAsync();
        await using var small = api.Hub.WithWebHostBuilder(host => host.UseSetting("Api:RequestsPerMinute", "2"));
        using var client = small.CreateClient();
        client.DefaultRequestHeaders.Authorization = api.Client.DefaultRequestHeaders.Authorization;

        var first = await client.GetAsync(Accounts);
        await client.GetAsync(Accounts);
        var third = await client.GetAsync(Accounts);

        Assert.Equal(["2"], first.Headers.GetValues("RateLimit-Limit"));
        Assert.Equal(["1"], first.Headers.GetValues("RateLimit-Remaining"));
        Assert.Single(first.Headers.GetValues("RateLimit-Reset"));
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        await AssertProblemAsync(third, 429, "request.too_many");
    }

    [Fact]
    public async Task A_body_too_large_is_not_read_to_its_end()
    {
        await using var api = await ApiHub.StartAsync();

        var answer = await api.Client.PutAsJsonAsync(new Uri("/api/v1/accounts/by-key/erp/1", UriKind.Relative), new { name = new string('a', 1_100_000) });

        await AssertProblemAsync(answer, 413, "request.too_large");
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, int status, string code)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await ApiHub.BodyAsync(answer);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal($"urn:rcu:{code}", problem.GetProperty("type").GetString());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("title").GetString()));
        Assert.Equal(JsonValueKind.String, problem.GetProperty("traceId").ValueKind);
    }
}
