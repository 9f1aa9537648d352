using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Web.Identity;

namespace Rcu.Benchmarks.Pages;

/// <summary>Someone signed in to the web application, who asks for pages as a browser does: compressed, over one socket.</summary>
internal sealed partial class Visitor : IDisposable
{
    public const string Password = "sept lapins bleus sous la lune";
    private readonly HttpClient _client;

    private Visitor(HttpClient client) => _client = client;

    public static async Task<Visitor> SignInAsync(BenchHub hub, Uri address, string role, CancellationToken ct)
    {
        var email = EmailOf(role);
        await using (var scope = hub.Services.CreateAsyncScope())
        {
            // Refused when a run before made it: they then sign in with the same words.
            await scope.ServiceProvider.GetRequiredService<Users>().CreateAsync(new CreateUser(email, role, [role], Password), "bench", ct);
        }

        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, CookieContainer = new CookieContainer() };
        var visitor = new Visitor(new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) });
        using var answer = await visitor.PostAsync(
            "/connexion", await visitor.TokenAsync("/connexion", ct), isFragment: false, ct, new("email", email), new("password", Password));
        return answer.StatusCode is HttpStatusCode.Redirect
            ? visitor : throw new InvalidOperationException($"{email} is not let in: {(int)answer.StatusCode}.");
    }

    public static string EmailOf(string role) => $"{role.ToLowerInvariant()}@bench.example";

    /// <returns>How many bytes came, compressed.</returns>
    public async Task<long> OpenAsync(string page, bool isFragment, CancellationToken ct)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, page);
        ask.Headers.Add("Accept-Encoding", "gzip, br");
        if (isFragment)
        {
            ask.Headers.Add("HX-Request", "true");
        }

        using var answer = await _client.SendAsync(ask, ct);
        var body = await answer.Content.ReadAsByteArrayAsync(ct);
        var isFound = page.StartsWith("/recherche", StringComparison.Ordinal) && answer.StatusCode is HttpStatusCode.Redirect;
        return answer.StatusCode is HttpStatusCode.OK || isFound ? body.Length : throw new InvalidOperationException($"{page}: {(int)answer.StatusCode}");
    }

    /// <summary>Whether an address shows something itself, or leads elsewhere.</summary>
    public async Task<bool> IsThereAsync(string page, CancellationToken ct)
    {
        using var answer = await _client.GetAsync(new Uri(page, UriKind.Relative), ct);
        return answer.StatusCode is HttpStatusCode.OK;
    }

    public async Task<string> ReadAsync(string page, CancellationToken ct) => await _client.GetStringAsync(new Uri(page, UriKind.Relative), ct);

    public async Task<string> TokenAsync(string page, CancellationToken ct) =>
        Token().Match(await ReadAsync(page, ct)) is { Success: true } found ? found.Groups[1].Value : throw new InvalidOperationException($"{page} holds no form.");

    public async Task<HttpResponseMessage> PostAsync(
        string action, string token, bool isFragment, CancellationToken ct, params KeyValuePair<string, string>[] fields)
    {
        using var post = new HttpRequestMessage(HttpMethod.Post, action)
        {
            Content = new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", token)]),
        };
        if (isFragment)
        {
            post.Headers.Add("HX-Request", "true");
        }

        return await _client.SendAsync(post, ct);
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="([^"]+)""")]
    private static partial Regex Token();
}
