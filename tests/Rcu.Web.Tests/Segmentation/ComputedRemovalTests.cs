using System.Net;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Segmentation;

public class ComputedRemovalTests
{
    [Fact]
    public async Task An_attribute_that_a_segment_asks_is_removed_only_once_it_does_no_more()
    {
        await using var api = await ApiHub.StartAsync();
        using var marketer = await SignedIn.ClientAsync(api.Hub);
        var formula = new { level = "account", measure = "sum", over = "purchases", field = "net", days = 365 };
        var (_, made) = await api.SendAsync(HttpMethod.Post, "/computed-attributes", new { label = "CA 365 jours", purpose = "Cibler", formula }, "calcul");
        var (number, name) = (made.GetProperty("number").GetInt32(), made.GetProperty("name").GetString());
        object asks = new { kind = "all", of = new object[] { new { kind = "none", of = new[] { new { kind = "compare", field = name, @operator = "Above", values = new[] { "100" } } } } } };
        var (created, segment) = await api.SendAsync(HttpMethod.Post, "/segments", new { name = "Gros clients", target = "accounts", rule = asks }, "segment");
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var address = $"/segments/{segment.GetProperty("id").GetGuid()}";

        var (refused, problem) = await api.SendAsync(HttpMethod.Delete, $"/computed-attributes/{number}", null);
        using var byPage = await marketer.PostFormAsync("/analyse/calculs", "/analyse/calculs?handler=Delete", new KeyValuePair<string, string>("number", $"{number}"));
        await api.SendAsync(HttpMethod.Delete, address, null);
        var (removed, _) = await api.SendAsync(HttpMethod.Delete, $"/computed-attributes/{number}", null);

        Assert.Equal((HttpStatusCode.Conflict, "computed.used"), (refused.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Contains("Gros clients", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, byPage.StatusCode);
        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);

        // Its rule says what it asked, not the first field of the list.
        Assert.Contains($"champ supprimé ({name})", WebUtility.HtmlDecode(await marketer.GetStringAsync(address)), StringComparison.Ordinal);
    }
}
