using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Security;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Api;

/// <summary>The application with a program that holds a key, and its background work done by hand.</summary>
internal sealed class ApiHub : IAsyncDisposable
{
    private ApiHub(TestHub hub) => Hub = hub;

    public TestHub Hub { get; }

    public HttpClient Client { get; private set; } = null!;

    public static async Task<ApiHub> StartAsync(TimeProvider? clock = null) => await StartAsync(await TestHub.StartAsync(clock: clock));

    public static async Task<ApiHub> StartAsync(TestHub hub)
    {
        var api = new ApiHub(hub);
        api.Client = await api.ClientAsync([.. ApiKeys.Scopes]);
        return api;
    }

    /// <summary>A program that may do only so much.</summary>
    public async Task<HttpClient> ClientAsync(params string[] scopes)
    {
        var client = Hub.CreateClient(new() { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await KeyAsync(scopes)).Text);
        return client;
    }

    public Task<NewApiKey> KeyAsync(params string[] scopes) => InAsync(async services =>
        (await services.GetRequiredService<ApiKeys>().CreateAsync(new CreateApiKey("ERP", scopes, null), "test", default)).Value!);

    public async Task<T> InAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = Hub.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    public Task<SampleCustomers> AddSampleAsync() => SampleCustomers.AddToAsync(Hub.ConnectionString);

    public Task DeclareSourcesAsync() => InAsync(async services =>
    {
        await KnownFeeds.DeclareAsync(services.GetRequiredService<RcuDb>(), TimeProvider.System, default);
        return 0;
    });

    /// <summary>Runs one job here and now, as a worker would.</summary>
    public Task WorkAsync<TJob>(Guid subject)
        where TJob : IJob => InAsync(async services =>
    {
        await services.GetRequiredKeyedService<IJob>(typeof(TJob).Name).RunAsync(subject, default);
        return 0;
    });

    public async Task<(HttpResponseMessage Answer, JsonElement Body)> GetAsync(string path)
    {
        var answer = await Client.GetAsync(new Uri($"/api/v1{path}", UriKind.Relative));
        return (answer, await BodyAsync(answer));
    }

    public async Task<(HttpResponseMessage Answer, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1{path}") { Content = body is null ? null : JsonContent.Create(body) };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        var answer = await Client.SendAsync(request);
        return (answer, await BodyAsync(answer));
    }

    public static async Task<JsonElement> BodyAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return text.StartsWith('{') || text.StartsWith('[') ? JsonDocument.Parse(text).RootElement : default;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Hub.DisposeAsync();
    }
}
