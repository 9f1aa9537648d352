using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

public sealed class PaletteTests
{
    private static readonly string[] Kinds = ["direct", "accounts", "contacts"];

    [Fact]
    public async Task With_nothing_typed_it_offers_what_one_looked_at_and_what_one_may_begin()
    {
        await using var hub = await TestHub.StartAsync();
        var first = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First;
        using var client = await SignedIn.ClientAsync(hub, HubRoles.Commercial);
        await client.GetStringAsync($"/comptes/{first.Account.Id}");

        var empty = await FragmentAsync(client, "/recherche?q=");
        var pages = await FragmentAsync(client, "/recherche?q=%3E");

        Assert.Contains($"href=\"/comptes/{first.Account.Id}\"", empty, StringComparison.Ordinal);
        Assert.Contains("href=\"/taches\"", empty, StringComparison.Ordinal);
        Assert.Contains("href=\"/qualite/moi\"", pages, StringComparison.Ordinal);
        Assert.DoesNotContain("/segments/nouveau", empty + pages, StringComparison.Ordinal);
        Assert.DoesNotContain("/administration", empty + pages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("importer", "/imports/nouveau")]
    [InlineData("> charger", "/imports/nouveau")]
    [InlineData("inviter", "/administration")]
    [InlineData("creer un segment", "/segments/nouveau")]
    public async Task What_can_be_done_is_found_by_any_of_its_words(string typed, string address)
    {
        await using var hub = await TestHub.StartAsync();
        using var client = await SignedIn.ClientAsync(hub);

        var found = await FragmentAsync(client, $"/recherche?q={Uri.EscapeDataString(typed)}");

        Assert.Contains($"href=\"{address}\"", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_says_what_can_be_done_with_its_record()
    {
        await using var hub = await TestHub.StartAsync();
        var first = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First;
        using var client = await SignedIn.ClientAsync(hub, HubRoles.Commercial);

        var found = await FragmentAsync(client, "/recherche?q=carrosserie+oeuvre");
        var acts = await FragmentAsync(client, $"/recherche?handler=Acts&kind=Account&id={first.Account.Id}");
        using var nobody = await client.GetAsync($"/recherche?handler=Acts&kind=Account&id={Guid.CreateVersion7()}");

        Assert.Contains($"id={first.Account.Id}", WebUtility.HtmlDecode(found), StringComparison.Ordinal);
        Assert.Contains($"/comptes/{first.Account.Id}#faire-n", acts, StringComparison.Ordinal);
        Assert.DoesNotContain("/registre/", acts, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Fact]
    public async Task A_name_found_by_its_beginning_is_shown_whole_and_what_a_slip_found_is_not_counted_as_none()
    {
        await using var hub = await TestHub.StartAsync();
        var first = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First;
        await using var scope = hub.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        db.AddRange(Enumerable.Range(0, 12).Select(n => new Account
        {
            Name = "Boulangerie Martin",
            Search = "boulangerie martin",
            Address = first.Account.Address with { Street = $"{n} rue du Four" },
            CreatedAt = first.Account.CreatedAt,
            UpdatedAt = first.Account.UpdatedAt,
        }));
        await db.SaveChangesAsync();
        using var client = await SignedIn.ClientAsync(hub, HubRoles.Commercial);

        var begun = await FragmentAsync(client, "/recherche?q=boulangeri");
        var slipped = await FragmentAsync(client, "/recherche?q=boulangerie+martn");

        Assert.Contains("<mark>Boulangeri</mark>e Martin</span>", begun, StringComparison.Ordinal);
        Assert.Contains("Boulangerie", slipped.Replace("<mark>", "", StringComparison.Ordinal).Replace("</mark>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("(0)", slipped, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("carosserie oeuvre generale")]
    [InlineData("01 99 00 12 34")]
    [InlineData("etienne")]
    public async Task A_program_finds_what_the_page_shows_in_the_same_order(string typed)
    {
        await using var api = await ApiHub.StartAsync();
        await api.AddSampleAsync();
        using var client = await SignedIn.ClientAsync(api.Hub);
        using var program = await api.ClientAsync("accounts:read");

        var page = await FragmentAsync(client, $"/recherche?q={Uri.EscapeDataString(typed)}");
        using var answer = JsonDocument.Parse(await program.GetStringAsync($"/api/v1/search?limit=6&q={Uri.EscapeDataString(typed)}"));

        var given = Kinds
            .SelectMany(kind => answer.RootElement.GetProperty(kind).EnumerateArray())
            .Select(hit => hit.GetProperty("id").GetString()!).ToList();
        var shown = given.OrderBy(id => page.IndexOf(id, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(given);
        Assert.All(given, id => Assert.Contains(id, page, StringComparison.Ordinal));
        Assert.Equal(given, shown);
    }

    private static async Task<string> FragmentAsync(HttpClient client, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "HX-Request", "true" } } };
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
