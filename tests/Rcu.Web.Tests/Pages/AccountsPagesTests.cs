using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Data;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>The pages on accounts, contacts and search: what they answer, what they weigh and what they ask of the database.</summary>
public partial class AccountsPagesTests
{
    private static readonly string[] Tabs = ["activite", "contacts", "etablissements", "ventes", "segments", "sources"];

    [Fact]
    public async Task Pages_weigh_little_and_ask_the_database_twelve_questions_at_most()
    {
        await using var hub = await TestHub.StartAsync();
        var counter = new QueryCounter();
        await using var counted = hub.WithWebHostBuilder(web => web.ConfigureTestServices(
            services => services.ConfigureDbContext<RcuDb>(db => db.AddInterceptors(counter))));
        var first = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First;
        using var client = await SignedIn.ClientAsync(counted);
        var contact = first.Contacts[0].Id;
        string[] pages =
        [
            "/comptes", "/comptes?tri=Revenue", $"/comptes/{first.Account.Id}", "/contacts", $"/contacts/{contact}", "/recherche?q=oeuvre+generale",
        ];

        foreach (var page in pages)
        {
            counter.Reset();
            var html = await client.GetStringAsync(page);
            Assert.True(counter.Count <= 12, $"{page}: {counter.Count} queries");
            Assert.True(Compressed(html) <= 40_000, $"{page}: {Compressed(html)} bytes");
            Assert.True(OpeningTag().Count(html) <= 2_500, $"{page}: {OpeningTag().Count(html)} nodes");
        }
    }

    [Fact]
    public async Task Each_tab_is_a_page_and_a_fragment()
    {
        await using var hub = await TestHub.StartAsync();
        var first = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First;
        using var client = await SignedIn.ClientAsync(hub);

        foreach (var tab in Tabs)
        {
            var address = $"/comptes/{first.Account.Id}?onglet={tab}";
            var page = await client.GetStringAsync(address);
            var fragment = await FragmentAsync(client, address);

            Assert.Contains("<h1>", page, StringComparison.Ordinal);
            Assert.Contains("aria-current=\"page\"", fragment, StringComparison.Ordinal);
            Assert.DoesNotContain("<html", fragment, StringComparison.Ordinal);
            Assert.True(Compressed(fragment) <= 15_000, $"{tab}: {Compressed(fragment)} bytes");
        }
    }

    [Fact]
    public async Task The_sheet_answers_whom_to_call_what_is_owed_and_where_a_value_comes_from()
    {
        await using var hub = await TestHub.StartAsync();
        var first = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First;
        using var client = await SignedIn.ClientAsync(hub);

        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/comptes/{first.Account.Id}"));
        var sources = await client.GetStringAsync($"/comptes/{first.Account.Id}?onglet=sources");

        Assert.Contains("Jean-François Müller", page, StringComparison.Ordinal);
        Assert.Contains("tel:+33199001250", page, StringComparison.Ordinal);
        Assert.Contains("3 factures en retard, 48\u00a0k€", page, StringComparison.Ordinal);
        Assert.Contains("ERP · ", page, StringComparison.Ordinal);
        Assert.Contains("Même nom, même commune", sources, StringComparison.Ordinal);
        Assert.Contains("CARROSSERIE OEUVRE GENERALE", sources, StringComparison.Ordinal);
        Assert.Contains("raison_sociale", sources, StringComparison.Ordinal);
        Assert.Contains("écho de ce que le référentiel a écrit dans CRM", WebUtility.HtmlDecode(sources), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retired_address_leads_for_good_to_the_survivor_which_says_so()
    {
        await using var hub = await TestHub.StartAsync();
        var first = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First;
        using var client = await SignedIn.ClientAsync(hub);

        var old = await client.GetAsync($"/comptes/{first.RetiredId}");
        var unknown = await client.GetAsync($"/comptes/{Guid.CreateVersion7()}");

        Assert.Equal(HttpStatusCode.PermanentRedirect, old.StatusCode);
        Assert.Equal($"/comptes/{first.Account.Id}?ancien={first.RetiredId}", old.Headers.Location?.ToString());
        Assert.Contains("fusionnée", await client.GetStringAsync(old.Headers.Location), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task The_next_page_of_a_list_goes_on_where_the_first_ended()
    {
        await using var hub = await TestHub.StartAsync();
        await SampleCustomers.AddToAsync(hub.ConnectionString);
        using var client = await SignedIn.ClientAsync(hub);

        var first = await client.GetStringAsync("/comptes");
        var next = WebUtility.HtmlDecode(NextPage().Match(first).Groups[1].Value);
        var second = await client.GetStringAsync(next);

        Assert.Equal(50, AccountLink().Matches(first).Select(m => m.Value).Distinct().Count());
        Assert.Equal(SampleCustomers.Count - 50, AccountLink().Matches(second).Select(m => m.Value).Distinct().Count());
        Assert.Empty(AccountLink().Matches(first).Select(m => m.Value).Intersect(AccountLink().Matches(second).Select(m => m.Value)));
    }

    [Fact]
    public async Task A_pasted_siren_opens_the_account_and_the_fragment_stays_small()
    {
        await using var hub = await TestHub.StartAsync();
        var first = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First;
        using var client = await SignedIn.ClientAsync(hub);

        var direct = await client.GetAsync($"/recherche?q={Uri.EscapeDataString(first.Siren.Display)}");
        var fragment = await FragmentAsync(client, "/recherche?q=carrosserie");
        var near = await FragmentAsync(client, "/recherche?q=95521005");

        Assert.Equal($"/comptes/{first.Account.Id}", direct.Headers.Location?.ToString());
        Assert.InRange(Encoding.UTF8.GetByteCount(fragment), 1, 8_000);
        Assert.Contains("role=\"option\"", fragment, StringComparison.Ordinal);
        Assert.Contains("<mark>Carrosserie</mark>", fragment, StringComparison.Ordinal);
        Assert.Contains("8 chiffres", near, StringComparison.Ordinal);
    }

    private static async Task<string> FragmentAsync(HttpClient client, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "HX-Request", "true" } } };
        var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static int Compressed(string html)
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(Encoding.UTF8.GetBytes(html));
        }

        return (int)bytes.Length;
    }

    [GeneratedRegex("<[a-z]")]
    private static partial Regex OpeningTag();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex NextPage();

    [GeneratedRegex("href=\"/comptes/[0-9a-f-]{36}[?\"]")]
    private static partial Regex AccountLink();
}
