using System.Net;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Api;

public class TasksApiTests
{
    [Fact]
    public async Task A_task_is_the_same_by_the_page_and_by_the_api()
    {
        await using var api = await ApiHub.StartAsync();
        var account = (await api.AddSampleAsync()).First.Account.Id;
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);

        using var typed = await rep.PostFormAsync(
            $"/comptes/{account}", "/taches?handler=Add", new("account", $"{account}"), new("title", "Rappeler pour le devis"), new("dueOn", "2026-12-01"),
            new("reminder", "Eve"), new("assignee", SignedIn.Email), new("returnUrl", $"/comptes/{account}"));
        var (sent, made) = await api.SendAsync(
            HttpMethod.Post, $"/accounts/{account}/tasks",
            new { title = "Rappeler pour le devis", dueOn = "2026-12-01", remindAt = "2026-11-30T08:00:00Z", assignee = SignedIn.Email });
        var (_, tasks) = await api.GetAsync($"/accounts/{account}/tasks");
        var page = await rep.ReadAsync("/taches");

        Assert.Equal($"/comptes/{account}", typed.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var said = tasks.GetProperty("data").EnumerateArray()
            .Select(t => (t.GetProperty("title").GetString(), t.GetProperty("dueOn").GetString(), t.GetProperty("remindAt").GetDateTimeOffset(), t.GetProperty("assignee").GetString()))
            .ToList();
        Assert.Equal(2, said.Count);
        Assert.Equal(said[0], said[1]);
        Assert.Equal(made.GetProperty("accountId").GetGuid(), account);
        Assert.Equal(2, page.Split("class=\"task-title\">Rappeler pour le devis").Length - 1);
    }

    [Fact]
    public async Task A_task_is_done_taken_back_changed_and_removed_over_the_version_that_was_read()
    {
        await using var api = await ApiHub.StartAsync();
        var account = (await api.AddSampleAsync()).First.Account.Id;
        await SignedIn.AddUserAsync(api.Hub, HubRoles.Commercial);
        var (made, task) = await api.SendAsync(HttpMethod.Post, $"/accounts/{account}/tasks", new { title = "Visite", assignee = SignedIn.Email });
        var path = $"/tasks/{task.GetProperty("id").GetString()}";
        var etag = made.Headers.ETag!.ToString();

        var (done, ticked) = await IfMatchAsync(api, HttpMethod.Put, $"{path}/done", etag, null);
        var (late, problem) = await IfMatchAsync(api, HttpMethod.Put, path, etag, new { title = "Visite avec Léa", assignee = SignedIn.Email });
        var (_, back) = await api.SendAsync(HttpMethod.Delete, $"{path}/done", null);
        var (_, still) = await api.GetAsync(path);
        var (removed, _) = await api.SendAsync(HttpMethod.Delete, path, null);
        var (gone, _) = await api.GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, "api:ERP"), (done.StatusCode, ticked.GetProperty("doneBy").GetString()));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "request.stale"), (late.StatusCode, problem.GetProperty("code").GetString()));
        Assert.False(back.TryGetProperty("doneAt", out var at) && at.ValueKind is not System.Text.Json.JsonValueKind.Null);
        Assert.Equal("Visite", still.GetProperty("title").GetString());
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (removed.StatusCode, gone.StatusCode));
    }

    [Fact]
    public async Task Nobody_is_given_a_task_they_would_never_see()
    {
        await using var api = await ApiHub.StartAsync();
        var account = (await api.AddSampleAsync()).First.Account.Id;
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);

        var (sent, problem) = await api.SendAsync(HttpMethod.Post, $"/accounts/{account}/tasks", new { title = "Visite", assignee = "personne@exemple.example" });
        using var typed = await rep.PostFragmentAsync(
            $"/comptes/{account}", "/taches?handler=Add", new("account", $"{account}"), new("title", "Visite"), new("assignee", "personne@exemple.example"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "user.not_a_colleague"), (sent.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, problem.GetProperty("title").GetString()), (typed.StatusCode, await typed.Content.ReadAsStringAsync()));
    }

    private static async Task<(HttpResponseMessage Answer, System.Text.Json.JsonElement Body)> IfMatchAsync(
        ApiHub api, HttpMethod method, string path, string etag, object? body)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1{path}") { Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        var answer = await api.Client.SendAsync(request);
        return (answer, await ApiHub.BodyAsync(answer));
    }
}
