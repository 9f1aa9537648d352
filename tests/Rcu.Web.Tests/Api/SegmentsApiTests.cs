using System.Net;
using System.Net.Http.Json;

namespace Rcu.Web.Tests.Api;

public class SegmentsApiTests
{
    private static readonly object Metz = new { kind = "all", of = new[] { new { kind = "compare", field = "city", @operator = "Is", values = new[] { "Metz" } } } };
    private static readonly object Colour = new { kind = "compare", field = "colour", @operator = "Is", values = new[] { "x" } };

    [Fact]
    public async Task A_rule_is_counted_made_a_segment_paged_changed_and_set_aside()
    {
        await using var api = await ApiHub.StartAsync();
        await api.AddSampleAsync();

        var (_, count) = await api.SendAsync(HttpMethod.Post, "/segments/count", new { target = "accounts", rule = Metz });
        var (created, segment) = await api.SendAsync(HttpMethod.Post, "/segments", new { name = "Metz", target = "accounts", rule = Metz });
        var path = created.Headers.Location!.OriginalString["/api/v1".Length..];
        var (_, first) = await api.GetAsync($"{path}/members?limit=1");
        var (_, rest) = await api.GetAsync($"{path}/members?cursor={first.GetProperty("nextCursor").GetString()}");
        var unseen = await PutAsync(api, path, null);
        var stale = await PutAsync(api, path, "\"7\"");
        var changed = await PutAsync(api, path, "\"1\"");
        var (archived, _) = await api.SendAsync(HttpMethod.Delete, path, null);

        var total = count.GetProperty("total").GetInt32();
        Assert.True(total > 1);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("Metz", segment.GetProperty("name").GetString());
        Assert.Equal(total, 1 + rest.GetProperty("data").GetArrayLength());
        Assert.DoesNotContain(
            first.GetProperty("data")[0].GetProperty("id").GetString(), rest.GetProperty("data").EnumerateArray().Select(r => r.GetProperty("id").GetString()));
        Assert.Equal((400, "request.if_match"), await CodeAsync(unseen));
        Assert.Equal((412, "segment.stale"), await CodeAsync(stale));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal("\"2\"", changed.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.NoContent, archived.StatusCode);
    }

    [Fact]
    public async Task A_rule_that_means_nothing_is_refused_where_it_is_wrong()
    {
        await using var api = await ApiHub.StartAsync();

        var (field, problem) = await api.SendAsync(
            HttpMethod.Post, "/segments/count", new { target = "accounts", rule = Colour });
        var (extra, unknown) = await api.SendAsync(
            HttpMethod.Post, "/segments/count", new { target = "accounts", rule = new { kind = "all", of = Array.Empty<object>(), sql = "drop" } });
        var (nowhere, _) = await api.GetAsync($"/segments/{Guid.CreateVersion7()}");

        Assert.Equal((HttpStatusCode.BadRequest, "segment.unknown_field"), (field.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.BadRequest, "request.unknown_fields"), (extra.StatusCode, unknown.GetProperty("code").GetString()));
        Assert.True(unknown.GetProperty("errors").TryGetProperty("rule.sql", out _));
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    [Fact]
    public async Task A_destination_is_set_up_paused_and_refuses_to_send_meanwhile()
    {
        await using var api = await ApiHub.StartAsync();
        await api.AddSampleAsync();
        var (_, segment) = await api.SendAsync(HttpMethod.Post, "/segments", new { name = "Metz", target = "accounts", rule = Metz });

        var (created, tool) = await api.SendAsync(
            HttpMethod.Post, "/destinations", new { name = "Fichier", kind = "csv", settings = new { }, segmentId = segment.GetProperty("id").GetString() });
        var path = $"/destinations/{tool.GetProperty("id").GetString()}";
        var (_, paused) = await api.SendAsync(HttpMethod.Post, $"{path}/pause", null);
        var (refused, problem) = await api.SendAsync(HttpMethod.Post, $"{path}/send", null);
        await api.SendAsync(HttpMethod.Post, $"{path}/resume", null);
        var (sent, run) = await api.SendAsync(HttpMethod.Post, $"{path}/send", null);
        var (_, log) = await api.GetAsync($"{path}/deliveries");
        var (_, all) = await api.GetAsync("/destinations");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("paused", paused.GetProperty("state").GetString());
        Assert.Equal((HttpStatusCode.Conflict, "destination.paused"), (refused.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.Accepted, "Activation"), (sent.StatusCode, run.GetProperty("stage").GetString()));
        Assert.Empty(log.GetProperty("data").EnumerateArray());
        Assert.Single(all.GetProperty("data").EnumerateArray());
    }

    private static async Task<HttpResponseMessage> PutAsync(ApiHub api, string path, string? etag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1{path}") { Content = JsonContent.Create(new { name = "Metz 2", target = "accounts", rule = Metz }) };
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        return await api.Client.SendAsync(request);
    }

    private static async Task<(int, string?)> CodeAsync(HttpResponseMessage answer) =>
        ((int)answer.StatusCode, (await ApiHub.BodyAsync(answer)).GetProperty("code").GetString());
}
