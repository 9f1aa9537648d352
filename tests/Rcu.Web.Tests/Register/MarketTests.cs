using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Insight.Boards;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;
using static Rcu.Web.Tests.Register.RegisterFiles;

namespace Rcu.Web.Tests.Register;

/// <summary>Which part of the register's companies are customers: each number is that of the register and of the accounts, and opens its list.</summary>
public partial class MarketTests
{
    [Fact]
    public async Task The_market_is_told_beside_the_accounts_once_the_register_is_there()
    {
        await using var api = await ApiHub.StartAsync();
        using var client = await SignedIn.ClientAsync(api.Hub);
        var before = WebUtility.HtmlDecode(await client.GetStringAsync("/analyse/marche"));
        await LoadFixtureAsync(api.Hub.ConnectionString);
        await api.ImportCrmAsync();
        await AskAsync(api.Hub.ConnectionString, "update accounts set type = 'Customer' where siren is not null and right(siren, 1) in ('0', '2', '4', '6', '8')");

        var (places, activities) = (await ReadAsync(api, "place"), await ReadAsync(api, "activity"));
        var after = WebUtility.HtmlDecode(await client.GetStringAsync("/analyse/marche"));

        Assert.Contains("Le répertoire n’est pas chargé", before, StringComparison.Ordinal);
        Assert.DoesNotContain("Le répertoire n’est pas chargé", after, StringComparison.Ordinal);
        Assert.Equal((Opened().Count(before), Opened().Count(after)), (Closed().Count(before), Closed().Count(after)));
        Assert.True(places.Count > 1 && activities.Count > 1, $"{places.Count} {activities.Count}");
        Assert.True(places.Sum(p => p.Customers) > 0 && places.Sum(p => p.Prospects) > 0);
        Assert.All(places.Concat(activities), part => Assert.InRange(part.Customers + part.Prospects, 0, part.Units));
        Assert.Contains("Restauration", after, StringComparison.Ordinal);
        var first = places[0];
        Assert.Equal($"{first.Units}", await AskAsync(api.Hub.ConnectionString, $"""
            select count(*) from register.legal_units u join register.establishments e on e.siret = u.siren || u.head_office_nic
            where u.state = 'A' and e.commune_code like '{first.Label}%'
            """));
        await AskAsync(api.Hub.ConnectionString, "delete from account_worths");
        Assert.Contains("n’ont pas encore été calculés", WebUtility.HtmlDecode(await client.GetStringAsync("/analyse/valeur")), StringComparison.Ordinal);
        Assert.DoesNotContain("n’ont pas encore été calculés", after, StringComparison.Ordinal);
        var list = await client.GetStringAsync($"/analyse/liste/market_customers_place?p={first.Label}");
        Assert.Equal(first.Customers, Rows().Count(list));
    }

    private static Task<IReadOnlyList<MarketPart>> ReadAsync(ApiHub api, string way) =>
        api.InAsync(services => services.GetRequiredService<MarketCoverage>().ReadAsync(way, default));

    [GeneratedRegex("<div[ >]")]
    private static partial Regex Opened();

    [GeneratedRegex("</div>")]
    private static partial Regex Closed();

    [GeneratedRegex("<tr[^>]*><td")]
    private static partial Regex Rows();
}
