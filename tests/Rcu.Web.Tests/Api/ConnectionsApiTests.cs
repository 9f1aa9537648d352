using System.Net;
using Rcu.Ingestion.Pulling;

namespace Rcu.Web.Tests.Api;

/// <summary>A program declares a source, tries it, reads it and stops it.</summary>
public class ConnectionsApiTests
{
    private static readonly string[] Keys = ["id"];

    [Fact]
    public async Task A_source_is_declared_tried_paused_and_resumed()
    {
        await using var api = await ApiHub.StartAsync();
        var name = $"depot-{Guid.CreateVersion7():n}";

        var (created, connection) = await api.SendAsync(HttpMethod.Post, "/connections", new
        {
            name = "Dépôt",
            kind = "folder",
            source = "depot",
            settings = new { folder = name },
            mapping = new { kind = "account", keyColumns = Keys, fields = new { name = "nom" } },
            everyMinutes = 10,
        });
        var id = connection.GetProperty("id").GetGuid();
        var (tried, problem) = await api.SendAsync(HttpMethod.Post, $"/connections/{id}/test", null);
        var (_, paused) = await api.SendAsync(HttpMethod.Post, $"/connections/{id}/pause", null);
        var (pulled, _) = await api.SendAsync(HttpMethod.Post, $"/connections/{id}/pull", null);
        var (_, resumed) = await api.SendAsync(HttpMethod.Post, $"/connections/{id}/resume", null);
        var (_, run) = await api.SendAsync(HttpMethod.Post, $"/connections/{id}/pull", null);
        await api.WorkAsync<PullJob>(run.GetProperty("id").GetGuid());
        var (_, after) = await api.GetAsync($"/connections/{id}");

        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, tried.StatusCode);
        Assert.Contains("n’existe pas encore", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(("paused", "healthy"), (paused.GetProperty("state").GetString(), resumed.GetProperty("state").GetString()));
        Assert.Equal(HttpStatusCode.Conflict, pulled.StatusCode);
        Assert.Equal(("degraded", 1), (after.GetProperty("state").GetString(), after.GetProperty("failures").GetInt32()));
    }
}
