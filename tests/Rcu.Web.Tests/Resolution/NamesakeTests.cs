using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Matching;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Web.Tests.Api;

namespace Rcu.Web.Tests.Resolution;

/// <summary>A row of a file that names a person as the hub names another: where each works is weighed, whichever way it is said.</summary>
public class NamesakeTests
{
    [Fact]
    public async Task Namesakes_of_different_companies_are_less_sure_than_a_name_alone_and_the_sentence_says_why()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await api.SayAsync(
            ("crm", "A1"), new { name = "Menuiserie Vasseur", siren = "732829320", city = "Metz" },
            ("crm", "A2"), new { name = "Transports Peltier", siren = "552081317", city = "Nancy" });
        for (var i = 0; i < 40; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + (i % 26))}o{(char)('a' + (i / 26))}lan");
            await api.SendAsync(HttpMethod.Put, $"/contacts/by-key/crm/P{i}", new { accountKey = i % 2 == 0 ? "A1" : "A2", givenName = $"Ann{(char)('a' + (i % 26))}", familyName = name });
        }

        // The CRM names the company of a contact by its key alone.
        await api.SendAsync(HttpMethod.Put, "/contacts/by-key/crm/C1", new { accountKey = "A1", givenName = "Thibault", familyName = "Garnier" });
        await api.ResolveAsync(full: true);
        var other = (await api.ClustersAsync())["A2"];

        var alone = await AskAsync(api, null, null, null);
        var same = await AskAsync(api, "Menuiserie Vasseur", "732829320", null);
        var elsewhere = await AskAsync(api, "Transports Peltier", "552081317", null);
        var unknown = await AskAsync(api, "Horlogerie Quimper", null, null);
        var byKey = await AskAsync(api, null, null, other);

        Assert.Equal([null, "account", "different", "different", "different"], new[] { alone, same, elsewhere, unknown, byKey }.Select(LevelOf));
        Assert.All([elsewhere, unknown, byKey], one => Assert.True(one.Total < alone.Total - 2, $"{one.Total} {alone.Total}"));
        Assert.All([elsewhere, unknown, byKey], one => Assert.Contains("mais entreprises différentes", one.Sentence, StringComparison.Ordinal));
        Assert.True(same.Total > alone.Total);
    }

    private static string? LevelOf(Explanation explanation) => explanation.Evidence.SingleOrDefault(e => e is { Field: "employer", Level: not "missing" })?.Level;

    private static Task<Explanation> AskAsync(ApiHub api, string? company, string? siren, Guid? employer) => api.InAsync(async services =>
    {
        var raw = new Dictionary<string, string?> { ["given_name"] = "Thibault", ["family_name"] = "Garnier", ["company_name"] = company, ["company_siren"] = siren };
        var found = await services.GetRequiredService<Candidates>().FindAsync(AccountScope.Hub, [(ClusterKind.Contact, raw, employer)], default);
        return found[0].Candidates[0].Explanation;
    });
}
