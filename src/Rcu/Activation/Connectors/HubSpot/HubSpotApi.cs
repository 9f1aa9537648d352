using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.HubSpot;

/// <summary>The calls made to one HubSpot account.</summary>
internal sealed class HubSpotApi(ToolCalls calls, HubSpotSettings settings, string? secret)
{
    public HubSpotSettings Settings => settings;

    public Task<ToolAnswer> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, ct);

    public Task<ToolAnswer> PostAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Post, path, body, ct);

    public Task<ToolAnswer> PutAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Put, path, body, ct);

    /// <summary>The numbers HubSpot gives to profiles, by the identifier of the hub; those it does not know are not there.</summary>
    public async Task<(Dictionary<string, string> Ids, ToolAnswer Answer)> FindAsync(string type, IEnumerable<string> hubIds, CancellationToken ct)
    {
        var answer = await PostAsync(
            $"crm/v3/objects/{type}/batch/read",
            new { idProperty = settings.KeyProperty, properties = new[] { settings.KeyProperty }, inputs = hubIds.Distinct().Select(id => new { id }) },
            ct);
        return (answer.Rows("results").ToDictionary(r => ToolAnswer.TextAt(r, "properties", settings.KeyProperty)!, r => ToolAnswer.TextAt(r, "id")!), answer);
    }

    private Task<ToolAnswer> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct) => calls.SendAsync(
        "HubSpot", method, $"{settings.BaseUrl.TrimEnd('/')}/{path}", body, request => request.Headers.TryAddWithoutValidation("authorization", $"Bearer {secret}"), ct);
}
