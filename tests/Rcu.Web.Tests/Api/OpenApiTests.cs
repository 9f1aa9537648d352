using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Api;

public class OpenApiTests
{
    [Fact]
    public async Task Every_endpoint_is_described_with_a_success_and_the_refusals()
    {
        await using var api = await ApiHub.StartAsync();
        var (_, document) = await api.GetAsync("/openapi.json");
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(o => (Name: $"{o.Name.ToUpperInvariant()} {path.Name}", Body: o.Value))).ToList();

        var mapped = api.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal) && e.Metadata.GetMetadata<HttpMethodMetadata>() is not null)
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {Plain(e.RoutePattern.RawText!)}"));

        Assert.Equal(mapped.Order(), operations.Select(o => o.Name).Order());
        Assert.All(operations, operation =>
        {
            var answers = operation.Body.GetProperty("responses").EnumerateObject().Select(r => r.Name).ToList();
            Assert.Contains(answers, status => status.StartsWith('2'));
            Assert.Contains("401", answers);
            Assert.Contains("429", answers);
            Assert.DoesNotContain("api.", operation.Body.GetProperty("summary").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task It_says_how_to_come_in_shows_bodies_and_stays_small()
    {
        await using var api = await ApiHub.StartAsync();

        var (answer, document) = await api.GetAsync("/openapi.json");

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("key").GetProperty("scheme").GetString());
        Assert.All(
            document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject())
                .Where(o => o.Value.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out _)),
            o => Assert.Equal(JsonValueKind.Object, o.Value.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").ValueKind));
        Assert.InRange((await answer.Content.ReadAsByteArrayAsync()).Length, 1, 330_000);
    }

    [Fact]
    public async Task The_reference_names_every_call_in_both_languages()
    {
        await using var api = await ApiHub.StartAsync();
        using var reader = await SignedIn.ClientAsync(api.Hub);

        var french = await reader.ReadAsync("/developpeurs/reference");
        reader.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var english = await reader.ReadAsync("/developpeurs/reference");
        var start = await reader.ReadAsync("/developpeurs");

        Assert.Contains("/api/v1/accounts/by-key/{source}/{key}", french, StringComparison.Ordinal);
        Assert.Contains("Qui est-ce ?", french, StringComparison.Ordinal);
        Assert.Contains("Who is it?", english, StringComparison.Ordinal);
        Assert.Contains("curl http://localhost/api/v1/accounts/by-key/erp/C00127", start, StringComparison.Ordinal);
    }

    private static string Plain(string route) => route.Replace(":guid", "", StringComparison.Ordinal).Replace(":int", "", StringComparison.Ordinal).TrimEnd('/');
}
