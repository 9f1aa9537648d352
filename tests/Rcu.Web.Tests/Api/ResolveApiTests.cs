using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rcu.Jobs;

namespace Rcu.Web.Tests.Api;

public class ResolveApiTests
{
    [Fact]
    public async Task Values_find_the_account_they_may_be_with_the_reasons_and_save_nothing()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await SayAsync(api, "C1", new { name = "Menuiserie Vasseur", siret = "73282932000074", postalCode = "57000", city = "Metz" });
        await SayAsync(api, "C2", new { name = "Transports Peltier", postalCode = "69003", city = "Lyon" });

        var (answer, body) = await api.SendAsync(
            HttpMethod.Post, "/resolve", new { account = new { name = "VASSEUR MENUISERIE SARL", siret = "732 829 320 00074", city = "Metz" } });
        var (_, accounts) = await api.GetAsync("/accounts");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var best = body.GetProperty("candidates").EnumerateArray().First();
        Assert.Equal(("Menuiserie Vasseur", "erp", "C1"), (best.GetProperty("name").GetString(), best.GetProperty("source").GetString(), best.GetProperty("key").GetString()));
        Assert.InRange(best.GetProperty("probability").GetDouble(), .9, 1);
        Assert.False(string.IsNullOrWhiteSpace(best.GetProperty("why").GetString()));
        Assert.NotEmpty(best.GetProperty("evidence").EnumerateArray());
        Assert.Equal(2, accounts.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task A_resolution_that_ran_since_is_known_to_the_next_question()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await SayAsync(api, "C1", new { name = "Transports Peltier", city = "Lyon", postalCode = "69003" });
        var question = new { account = new { name = "Menuiserie Vasseur", postalCode = "57000", city = "Metz" } };
        var (_, before) = await api.SendAsync(HttpMethod.Post, "/resolve", question);

        await SayAsync(api, "C2", new { name = "Menuiserie Vasseur", postalCode = "57000", city = "Metz" });
        var (_, after) = await api.SendAsync(HttpMethod.Post, "/resolve", question);

        Assert.DoesNotContain(before.GetProperty("candidates").EnumerateArray(), c => c.GetProperty("name").GetString() == "Menuiserie Vasseur");
        Assert.Equal("Menuiserie Vasseur", after.GetProperty("candidates").EnumerateArray().First().GetProperty("name").GetString());
    }

    [Fact]
    public async Task Another_node_answers_alike_what_this_one_took_in()
    {
        await using var api = await ApiHub.StartAsync();
        await using var node = api.Hub.AnotherNode();
        using var client = node.CreateClient();
        client.DefaultRequestHeaders.Authorization = api.Client.DefaultRequestHeaders.Authorization;
        await api.DeclareSourcesAsync();
        var question = new { account = new { name = "Menuiserie Vasseur", postalCode = "57000", city = "Metz" } };
        await SayAsync(api, "C1", new { name = "Transports Peltier", city = "Lyon", postalCode = "69003" });
        var (_, before) = await AskAsync(client, question);

        await SayAsync(api, "C2", new { name = "Menuiserie Vasseur", postalCode = "57000", city = "Metz" });
        var (text, after) = await AskAsync(client, question);
        var (here, _) = await AskAsync(api.Client, question);

        Assert.DoesNotContain(before.GetProperty("candidates").EnumerateArray(), c => c.GetProperty("key").GetString() == "C2");
        Assert.Equal("C2", after.GetProperty("candidates").EnumerateArray().First().GetProperty("key").GetString());
        Assert.Equal(here, text);
    }

    [Fact]
    public async Task A_person_is_found_too()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await api.SendAsync(HttpMethod.Put, "/contacts/by-key/crm/P0", new { givenName = "Paul", familyName = "Garnier", email = "paul.garnier@peltier.example" });
        var (_, said) = await api.SendAsync(
            HttpMethod.Put, "/contacts/by-key/crm/P1", new { givenName = "Léa", familyName = "Moreau", email = "lea.moreau@vasseur.example" });
        await api.WorkAsync<PipelineJob>(said.GetProperty("runId").GetGuid());

        var (_, body) = await api.SendAsync(HttpMethod.Post, "/resolve", new { contact = new { fullName = "MOREAU Léa", email = "lea.moreau@vasseur.example" } });

        Assert.Equal("P1", body.GetProperty("candidates").EnumerateArray().First().GetProperty("key").GetString());
    }

    [Fact]
    public async Task Values_are_cleaned_and_remarked_upon_without_being_saved()
    {
        await using var api = await ApiHub.StartAsync();

        var (answer, body) = await api.SendAsync(
            HttpMethod.Post, "/validate", new { account = new { name = "Vasseur", siret = "732 829 320 00075", phone = "01.99.00.12.34" } });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("+33199001234", body.GetProperty("fields").GetProperty("phone").GetString());
        Assert.Contains(body.GetProperty("issues").EnumerateArray(), issue => issue.GetProperty("field").GetString() == "siret");
    }

    [Fact]
    public async Task A_question_about_nobody_is_refused()
    {
        await using var api = await ApiHub.StartAsync();

        var (both, problem) = await api.SendAsync(HttpMethod.Post, "/resolve", new { account = new { name = "A" }, contact = new { email = "b" } });
        var (nothing, _) = await api.SendAsync(HttpMethod.Post, "/resolve", new { account = new { } });

        Assert.Equal((HttpStatusCode.BadRequest, "resolve.one"), (both.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
    }

    [Fact]
    public async Task Many_are_asked_about_at_once_and_a_bad_one_hides_no_other()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await SayAsync(api, "C1", new { name = "Menuiserie Vasseur", siret = "73282932000074", postalCode = "57000", city = "Metz" });
        await SayAsync(api, "C2", new { name = "Transports Peltier", postalCode = "69003", city = "Lyon" });
        var peltier = new { account = new { name = "TRANSPORTS PELTIER", postalCode = "69003", city = "Lyon" } };

        var (answer, body) = await api.SendAsync(
            HttpMethod.Post, "/resolve:batch", new { records = new object[] { peltier, new { }, new { account = new { siret = "732 829 320 00074" } } }, most = 1 });
        var (_, alone) = await api.SendAsync(HttpMethod.Post, "/resolve", peltier);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var results = body.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal([0, 1, 2], results.Select(r => r.GetProperty("index").GetInt32()));
        Assert.Equal("C2", Assert.Single(results[0].GetProperty("candidates").EnumerateArray()).GetProperty("key").GetString());
        Assert.Equal(
            alone.GetProperty("candidates")[0].GetProperty("weight").GetDouble(), results[0].GetProperty("candidates")[0].GetProperty("weight").GetDouble());
        Assert.Equal("resolve.one", results[1].GetProperty("code").GetString());
        Assert.Equal("C1", results[2].GetProperty("candidates")[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task More_than_a_thousand_at_once_are_refused()
    {
        await using var api = await ApiHub.StartAsync();
        var one = new { account = new { name = "A" } };

        var (many, problem) = await api.SendAsync(HttpMethod.Post, "/resolve:batch", new { records = Enumerable.Repeat(one, 1_001) });
        var (none, _) = await api.SendAsync(HttpMethod.Post, "/resolve:batch", new { records = Array.Empty<object>() });

        Assert.Equal((HttpStatusCode.BadRequest, "resolve.batch"), (many.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
    }

    private static async Task<(string Text, JsonElement Body)> AskAsync(HttpClient client, object question)
    {
        using var answer = await client.PostAsJsonAsync(new Uri("/api/v1/resolve", UriKind.Relative), question);
        return (await answer.Content.ReadAsStringAsync(), await ApiHub.BodyAsync(answer));
    }

    private static async Task SayAsync(ApiHub api, string key, object fields)
    {
        var (_, said) = await api.SendAsync(HttpMethod.Put, $"/accounts/by-key/erp/{key}", fields);
        await api.WorkAsync<PipelineJob>(said.GetProperty("runId").GetGuid());
    }
}
