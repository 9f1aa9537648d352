using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rcu.Activation.Returns;
using Rcu.Simulators;
using Rcu.Simulators.Brevo;
using Rcu.Simulators.HubSpot;
using Rcu.Simulators.Mailchimp;
using Rcu.Simulators.Mailjet;
using Rcu.Simulators.Salesforce;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Resolution;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Activation;

/// <summary>Who unsubscribes in a tool is told of in that tool's own words, which the hub understands and keeps.</summary>
public class VendorReturnsTests
{
    private const string Lea = "lea.moreau@peltier.example";

    [Fact]
    public async Task Each_vendor_tells_who_unsubscribed_in_words_that_are_understood()
    {
        await using var vendors = await VendorSimulators.StartAsync(0);
        await using var listener = await Listener.StartAsync();
        vendors.Brevo.Contacts.Add(new BrevoContact(7) { Email = Lea });
        vendors.Mailjet.Contacts.Add(new MailjetContact(Lea));
        vendors.Mailchimp.Members.Add(new MailchimpMember { Email = Lea, Status = "subscribed" });
        vendors.HubSpot.Contacts.Add(new HubSpotRecord("7") { Properties = { ["email"] = Lea } });
        vendors.Salesforce.Contacts.Add(new SalesforceRecord("003") { Fields = { ["Email"] = Lea } });
        using var client = new HttpClient { BaseAddress = new Uri(vendors.Url) };

        foreach (var vendor in vendors.All)
        {
            await client.PutAsJsonAsync(new Uri($"/{vendor.Name}/_hook", UriKind.Relative), new { url = $"{listener.Url}/{vendor.Name}", secret = $"whsec_{vendor.Name}" });
            var unknown = await TellAsync(vendor, "personne@ailleurs.example");
            var told = await TellAsync(vendor, Lea.ToUpperInvariant());

            Assert.Equal(JsonValueKind.Null, unknown.ValueKind);
            Assert.Equal(202, told.GetInt32());
            var (path, bearer, type, body) = listener.Heard[^1];
            Assert.Equal(($"/{vendor.Name}", $"Bearer whsec_{vendor.Name}"), (path, bearer));
            var one = Assert.Single(ReturnReader.Read(type, Encoding.UTF8.GetBytes(body), DateTimeOffset.UtcNow)!.Value.Returns);
            Assert.Equal(ReturnKind.Unsubscribed, one.Kind);
            Assert.True(string.Equals(one.Email, Lea, StringComparison.OrdinalIgnoreCase) || one.RemoteId is "7");
        }

        Assert.Equal(vendors.All.Count, listener.Heard.Count);
        var page = await client.GetStringAsync(new Uri("/brevo", UriKind.Relative));
        Assert.Contains("Se désabonner", page, StringComparison.Ordinal);
        Assert.True(vendors.Brevo.Contacts[0].IsBlacklisted);

        async Task<JsonElement> TellAsync(Simulator vendor, string email)
        {
            using var answer = await client.PostAsJsonAsync(new Uri($"/{vendor.Name}/_unsubscribe", UriKind.Relative), new { email });
            return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("told");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refusal_is_evidence_even_of_a_person_whose_source_no_longer_holds_them(bool isGone)
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await api.SayAsync(("crm", "B1"), new { name = "Transports Peltier", postalCode = "69003", city = "Lyon" });
        await api.SendAsync(HttpMethod.Put, "/contacts/by-key/crm/P1", new { accountKey = "B1", givenName = "Léa", familyName = "Moreau", email = Lea });
        await api.ResolveAsync();
        var lea = (await api.ListAsync("/contacts")).Single().GetProperty("id").GetGuid();
        if (isGone)
        {
            await using var gone = api.Hub.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("update records set gone_at = now() where kind = 'Contact'");
            await gone.ExecuteNonQueryAsync();
        }

        var (_, segment) = await api.SendAsync(
            HttpMethod.Post, "/segments", new { name = "Léa", target = "contacts", rule = new { kind = "all", of = new[] { new { kind = "compare", field = "email", @operator = "Is", values = new[] { Lea } } } } });
        var (_, tool) = await api.SendAsync(
            HttpMethod.Post, "/destinations", new { name = "Fichier", kind = "csv", settings = new { }, segmentId = segment.GetProperty("id").GetString() });
        var (_, box) = await api.SendAsync(HttpMethod.Post, $"/destinations/{tool.GetProperty("id").GetString()}/inbound-secret", null);
        using var post = new HttpRequestMessage(HttpMethod.Post, box.GetProperty("url").GetString())
        {
            Content = JsonContent.Create(new { @event = "unsubscribed", email = Lea }),
            Headers = { { "Authorization", $"Bearer {box.GetProperty("secret").GetString()}" } },
        };
        using var client = api.Hub.CreateClient();
        var received = await client.SendAsync(post);
        var (_, atOnce) = await api.GetAsync($"/contacts/{lea}");
        await api.ResolveAsync(full: true);
        var (_, later) = await api.GetAsync($"/contacts/{lea}");

        Assert.Equal(HttpStatusCode.Accepted, received.StatusCode);
        Assert.Contains("Fichier", atOnce.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("opposed", later.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            await api.InAsync(s => s.GetRequiredService<NpgsqlDataSource>().ListTextAsync("select fields ->> 'kind' from records where kind = 'Interaction'")),
            kind => kind == "unsubscribed");
    }

    private sealed class Listener : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Listener(WebApplication app) => _app = app;

        public List<(string Path, string Bearer, string Type, string Body)> Heard { get; } = [];

        public string Url => _app.Urls.First();

        public static async Task<Listener> StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var listener = new Listener(builder.Build());
            listener._app.Run(async context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                var type = context.Request.ContentType!.Split(';')[0];
                listener.Heard.Add((context.Request.Path, context.Request.Headers.Authorization.ToString(), type, await reader.ReadToEndAsync()));
                context.Response.StatusCode = StatusCodes.Status202Accepted;
            });
            await listener._app.StartAsync();
            return listener;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
