using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rcu.Ingestion.Reading.Json;

namespace Rcu.Ingestion.Connectors.Calls;

/// <summary>The passes that OAuth 2.0 servers give for a client's identifier and secret, kept in memory as long as they open.</summary>
public sealed class ApiTokens(ApiCaller calls, TimeProvider clock)
{
    // Of a server that does not say how long.
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, ApiToken> _tokens = new();

    /// <returns>The pass, or the answer that says why there is none.</returns>
    public async Task<(ApiToken? Token, ApiAnswer? Failed)> FindAsync(ApiClient client, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_tokens.TryGetValue(client.Key, out var known) && known.Until > now)
        {
            return (known, null);
        }

        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = client.Id, ["client_secret"] = client.Secret };
        if (!string.IsNullOrWhiteSpace(client.Scope))
        {
            form["scope"] = client.Scope;
        }

        var answer = await calls.SendAsync(HttpMethod.Post, client.Url, request => request.Content = new FormUrlEncodedContent(form), ct);
        if (answer is { Failure: Pulling.PullAnswer.Refused, Status: 400 })
        {
            // 400 invalid_client, invalid_grant: what a person must renew.
            return (null, answer with { Failure = new Pulling.PullAnswer.CredentialsRefused($"Le serveur d’accès refuse l’identifiant ou le secret ({JsonPath.Text(answer.Body, "error")}).") });
        }

        if (answer.Failure is not null)
        {
            return (null, answer);
        }

        if (JsonPath.Text(answer.Body, "access_token") is not { Length: > 0 } text)
        {
            return (null, answer with { Failure = new Pulling.PullAnswer.Refused("Le serveur d’accès n’a pas donné de jeton (access_token).") });
        }

        var life = long.TryParse(JsonPath.Text(answer.Body, "expires_in"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) - Margin : Usual;
        var token = new ApiToken(text, JsonPath.Text(answer.Body, "instance_url"), now + life);
        _tokens[client.Key] = token;
        return (token, null);
    }

    /// <summary>It opens no more: the next asker gets a new one.</summary>
    public void Forget(ApiClient client) => _tokens.TryRemove(client.Key, out _);
}

/// <summary>Who asks for a pass, and where.</summary>
public sealed record ApiClient(Uri Url, string Id, string Secret, string? Scope = null)
{
    internal string Key { get; } = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Url}\n{Id}\n{Secret}\n{Scope}")));
}

/// <param name="Instance">The address the pass opens, for servers that say it.</param>
public sealed record ApiToken(string Text, string? Instance, DateTimeOffset Until);
