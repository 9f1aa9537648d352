using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Hosting;

/// <summary>Who opens what, on every address the application answers at.</summary>
public partial class DoorsTests
{
    private static readonly string[] Everyone = [.. HubRoles.All];
    private static readonly string[] Marketing = [HubRoles.Marketing, HubRoles.Admin];
    private static readonly string[] Stewards = [HubRoles.Steward, HubRoles.Admin];
    private static readonly string[] Admins = [HubRoles.Admin];

    // By the beginning of the address, or by the whole of it after « = ». One that no line knows fails the test: say here who may open it.
    private static readonly Dictionary<string, string[]> Matrix = new()
    {
        [""] = Everyone,
        ["recherche"] = Everyone,
        ["comptes"] = Everyone,
        ["taches"] = Everyone,
        ["contacts"] = Everyone,
        ["travaux"] = Everyone,
        ["developpeurs"] = Everyone,
        ["segments"] = Marketing,
        ["activation"] = Marketing,
        ["analyse"] = Marketing,
        ["doublons"] = Stewards,
        ["fusions"] = Stewards,
        ["imports"] = Stewards,
        ["registre"] = Stewards,
        ["qualite"] = Stewards,
        ["=qualite"] = Everyone,
        ["=qualite/moi"] = Everyone,
        ["=qualite/naf-2025"] = Everyone,
        ["=qualite/facturation"] = Everyone,
        ["administration"] = Admins,
        ["connexions"] = Admins,
    };

    private static readonly string[] Open = ["connexion", "installation", "erreur", "health", "swagger", "calendrier", "carte"];

    // Programs come in there, with a key: the tests of the API say how.
    private static readonly string[] Keyed = ["api"];

    private static readonly string[] Promised =
    [
        "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "X-Frame-Options",
        "Cross-Origin-Opener-Policy", "Cache-Control",
    ];

    [Fact]
    public async Task Every_address_is_in_the_matrix()
    {
        await using var hub = await TestHub.StartAsync();

        Assert.Empty(Addresses(hub).Select(Start).Distinct().Except([.. Matrix.Keys, .. Open, .. Keyed]));
    }

    [Fact]
    public async Task Each_role_opens_what_the_matrix_says_and_nothing_else()
    {
        await using var hub = await TestHub.StartAsync();
        using var nobody = hub.NewBrowser();
        var addresses = Addresses(hub).Where(address => Matrix.ContainsKey(Start(address))).ToList();
        List<string> wrong = [];

        foreach (var role in HubRoles.All)
        {
            using var browser = await hub.SignInAsync(role);
            foreach (var address in addresses)
            {
                using var answer = await browser.GetAsync($"/{address}");
                var opened = answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
                    && answer.Headers.Location?.ToString().StartsWith("/connexion", StringComparison.Ordinal) is not true;
                if (opened != Matrix[Start(address)].Contains(role) || (int)answer.StatusCode >= 500)
                {
                    wrong.Add($"{role} /{address}: {answer.StatusCode}");
                }
            }
        }

        foreach (var address in addresses)
        {
            using var answer = await nobody.GetAsync($"/{address}");
            if (answer.Headers.Location?.PathAndQuery.StartsWith("/connexion", StringComparison.Ordinal) is not true)
            {
                wrong.Add($"nobody /{address}: {answer.StatusCode}");
            }
        }

        Assert.NotEmpty(addresses);
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Someone_without_a_role_sees_no_customer()
    {
        await using var hub = await TestHub.StartAsync();
        using var browser = await hub.SignInAsync(HubRoles.Commercial);

        using var refused = await browser.GetAsync("/administration");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("Accès réservé", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Every_answer_carries_the_promised_headers()
    {
        await using var hub = await TestHub.StartAsync();
        using var browser = await hub.SignInAsync(HubRoles.Admin);
        List<string> wrong = [];

        foreach (var address in Addresses(hub).Append("nulle-part").Append("app.css").Append("lib/htmx.js"))
        {
            using var answer = await browser.GetAsync($"/{address}");
            wrong.AddRange(Promised.Where(name => !answer.Headers.Contains(name)).Select(name => $"/{address} lacks {name}"));
            if (answer.Headers.Contains("Server"))
            {
                wrong.Add($"/{address} names its server");
            }

            if (answer.Content.Headers.ContentType?.MediaType == "text/html" && answer.Headers.CacheControl is not { NoStore: true })
            {
                wrong.Add($"/{address} may be kept by the browser");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Over_https_the_browser_is_told_to_come_back_so()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.LetInAsync(HubRoles.Admin);
        using var browser = hub.CreateClient(new() { BaseAddress = new Uri("https://rcu.example") });

        using var answer = await browser.GetAsync("/connexion");

        Assert.StartsWith("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fragment_is_never_replaced_by_the_door()
    {
        await using var hub = await TestHub.StartAsync();
        using var nobody = hub.NewBrowser();
        nobody.DefaultRequestHeaders.Add("HX-Request", "true");

        using var answer = await nobody.GetAsync("/travaux");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("/connexion", answer.Headers.GetValues("HX-Redirect").Single());
    }

    [Fact]
    public async Task What_leads_nowhere_says_so_in_the_language_of_the_reader()
    {
        await using var hub = await TestHub.StartAsync();
        using var french = await hub.SignInAsync(HubRoles.Commercial);
        using var english = await hub.SignInAsync(HubRoles.Commercial);
        english.DefaultRequestHeaders.Add("Accept-Language", "en");

        using var here = await french.GetAsync("/nulle-part");
        using var there = await english.GetAsync("/nulle-part");

        Assert.Equal(HttpStatusCode.NotFound, here.StatusCode);
        Assert.Contains("Page introuvable", await here.Content.ReadAsStringAsync());
        Assert.Contains("Page not found", await there.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Accents_are_sent_as_they_are()
    {
        await using var hub = await TestHub.StartAsync();
        using var browser = await hub.SignInAsync(HubRoles.Admin);

        Assert.Contains("Sources et priorités", await browser.GetStringAsync("/administration"));
    }

    private static List<string> Addresses(TestHub hub) =>
    [
        .. hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
                && endpoint.RoutePattern.RawText?.StartsWith("{**", StringComparison.Ordinal) is not true) // files, again
            .Select(endpoint => Parameter().Replace(endpoint.RoutePattern.RawText?.TrimStart('/') ?? "", Value))
            .Distinct().Order(),
    ];

    private static string Start(string address) =>
        Matrix.ContainsKey($"={address}") ? $"={address}" : address.Split('/')[0];

    private static string Value(Match parameter) => parameter.Value.Contains(":int", StringComparison.Ordinal) ? "404" : $"{Guid.Empty}";

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
