using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Insight;
using Rcu.Insight.Boards;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Insight;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>The pages of analysis: every number of every board is its list, and what a marketer defines is kept.</summary>
public partial class AnalysisPagesTests
{
    [Fact]
    public async Task Every_number_of_every_board_is_the_number_of_rows_its_link_opens()
    {
        await using var hub = await TestHub.StartAsync();
        await SampleCustomers.AddToAsync(hub.ConnectionString);
        await InsightAsync(hub);
        using var browser = await hub.SignInAsync(HubRoles.Marketing);
        List<string> pages = [.. Board.All.Select(board => $"/analyse/{board.Name}?periode=tout"), "/analyse/valeur", "/analyse/score", "/analyse/parcours?periode=tout"];
        var numbers = 0;
        var filled = 0;

        foreach (var page in pages)
        {
            var html = WebUtility.HtmlDecode(await browser.GetStringAsync(page));
            foreach (Match link in Number().Matches(html))
            {
                var opened = WebUtility.HtmlDecode(await browser.GetStringAsync(link.Groups["href"].Value));
                var total = long.Parse(Total().Match(opened).Groups[1].Value, CultureInfo.InvariantCulture);
                var told = link.Groups["count"].Success ? long.Parse(link.Groups["count"].Value, CultureInfo.InvariantCulture) : total;
                var export = await browser.GetStringAsync(link.Groups["href"].Value + (link.Groups["href"].Value.Contains('?') ? "&" : "?") + "handler=Export");
                Assert.Equal(total, export.Split('\n').Count(line => line.Trim().Length > 0) - 1);
                Assert.True(told == total, $"{page}: {link.Value} opens {total} rows");
                numbers++;
                filled += total > 0 ? 1 : 0;
            }
        }

        Assert.InRange(numbers, 60, 400);
        Assert.InRange(filled, 25, 400);
    }

    [Fact]
    public async Task A_marketer_defines_an_attribute_tries_it_and_finds_it_in_the_list()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = await SampleCustomers.AddToAsync(hub.ConnectionString);
        await InsightAsync(hub);
        using var browser = await hub.SignInAsync(HubRoles.Marketing);
        KeyValuePair<string, string>[] form =
        [
            new("Form.Label", "CA 12 mois payé"), new("Form.Purpose", "Cibler les réassorts"), new("Form.Over", "invoices"), new("Form.Measure", "Sum"),
            new("Form.Field", "net"), new("Form.Days", "365"), new("Form.Level", "Account"), new("Form.Filters[0].Field", "paid"),
            new("Form.Filters[0].Test", "Is"), new("Form.Filters[0].Value", "oui"),
        ];

        using var tried = await browser.PostFormAsync("/analyse/calculs/edition", "/analyse/calculs/edition?handler=Try", form);
        var shown = WebUtility.HtmlDecode(await tried.Content.ReadAsStringAsync());
        using var saved = await browser.PostFormAsync("/analyse/calculs/edition", "/analyse/calculs/edition", form);
        var list = WebUtility.HtmlDecode(await browser.GetStringAsync("/analyse/calculs"));
        await InsightAsync(hub);
        var sheet = WebUtility.HtmlDecode(await browser.GetStringAsync($"/comptes/{sample.First.Account.Id}?onglet=valeur"));

        Assert.Equal(HttpStatusCode.OK, tried.StatusCode);
        Assert.Contains(sample.First.Account.Name, shown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains("Somme de « montant HT » sur les factures des 365 derniers jours, si « payée (oui ou non) » est « oui », par compte.", list, StringComparison.Ordinal);
        Assert.Contains("CA 12 mois payé", sheet, StringComparison.Ordinal);
        Assert.Contains("Risque de départ", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_model_is_tried_before_it_is_saved()
    {
        await using var hub = await TestHub.StartAsync();
        await SampleCustomers.AddToAsync(hub.ConnectionString);
        await InsightAsync(hub);
        using var browser = await hub.SignInAsync(HubRoles.Marketing);
        KeyValuePair<string, string>[] form =
        [
            new("Form.Signals[page_viewed]", "50.5"), new("Form.Roles[DecisionMaker]", "3"), new("Form.HalfLifeDays", "60"), new("Form.WarmFrom", "15"),
            new("Form.HotFrom", "40"), new("Form.StrategicHeadcount", "100"), new("Form.StrategicAmount", "20000"), new("Form.CustomerMonths", "24"),
        ];

        using var tried = await browser.PostFormAsync("/analyse/score", "/analyse/score?handler=Try", form);
        using var wrong = await browser.PostFormAsync("/analyse/score", "/analyse/score", [.. form.Where(f => f.Key != "Form.HotFrom"), new("Form.HotFrom", "5")]);
        using var saved = await browser.PostFormAsync("/analyse/score", "/analyse/score", form);

        Assert.Contains("changeraient d’état", WebUtility.HtmlDecode(await tried.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
    }

    private static async Task InsightAsync(TestHub hub)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        await new InsightStage(scope.ServiceProvider.GetRequiredService<NpgsqlDataSource>(), TimeProvider.System).RunAsync(new NoProgress(), default);
    }

    [GeneratedRegex("""<a (?:class="[^"]*" )?(?:data-count="(?<count>\d+)" )?href="(?<href>/analyse/liste/[^"]+)"(?: title="[^"]*")?(?: data-count="(?<count>\d+)")?""")]
    private static partial Regex Number();

    [GeneratedRegex("""data-total="(\d+)""")]
    private static partial Regex Total();
}
