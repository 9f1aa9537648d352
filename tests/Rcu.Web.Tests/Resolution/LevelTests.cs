using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Resolution;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Resolution;

/// <summary>What looks like a duplicate and is none: a second establishment, a new employer.</summary>
public class LevelTests
{
    [Fact]
    public async Task Two_sirets_of_one_siren_are_two_establishments_of_one_account()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();

        await api.SayAsync(
            ("erp", "A1"), new { name = "Menuiserie Vasseur", siret = "73282932000074", postalCode = "57000", city = "Metz", phone = "0387000001" },
            ("crm", "A2"), new { name = "Vasseur Menuiserie Lyon", siret = "73282932000025", postalCode = "69003", city = "Lyon", phone = "0478000002" });
        var account = Assert.Single((await api.ClustersAsync()).Values.Distinct());
        await using var db = api.Open();
        using var steward = await SignedIn.ClientAsync(api.Hub);
        var sheet = await steward.ReadAsync($"/comptes/{account}?onglet=etablissements");

        Assert.Equal(
            ["73282932000025", "73282932000074"],
            await db.Establishments.Where(e => e.AccountId == account).Select(e => e.Siret).OrderBy(s => s).ToListAsync());
        Assert.Equal("732829320", (await db.Accounts.SingleAsync()).Siren?.ToString());
        Assert.False(await db.Matches.AnyAsync(m => m.Band == Rcu.Matching.Band.Review));
        Assert.Contains("Lyon", sheet, StringComparison.Ordinal);
        Assert.Contains("Metz", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_changes_employer_stays_one_and_both_employments_are_shown_with_the_end_of_the_first()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await api.SayAsync(
            ("erp", "A1"), new { name = "Menuiserie Vasseur", siret = "73282932000074", postalCode = "57000", city = "Metz", phone = "0387000001" },
            ("erp", "B1"), new { name = "Transports Peltier", siret = "55210055400013", postalCode = "69003", city = "Lyon", phone = "0478000002" });

        await SayAsync(api, "crm", "C1", new { givenName = "Hélène", familyName = "Marchadier", mobile = "0612345678", email = "helene.marchadier@free.fr", jobTitle = "Acheteuse", companySiren = "732829320", companyName = "Menuiserie Vasseur" });
        await SayAsync(api, "marketing", "C2", new { givenName = "Hélène", familyName = "Marchadier", mobile = "0612345678", email = "helene.marchadier@free.fr", jobTitle = "Directrice des achats", companySiren = "552100554", companyName = "Transports Peltier" });
        await using var db = api.Open();
        var contact = await db.Contacts.AsNoTracking().SingleAsync();
        var roles = await db.Roles.AsNoTracking().Where(r => r.ContactId == contact.Id && r.Function == RoleFunction.Employee)
            .Join(db.Accounts, r => r.AccountId, a => a.Id, (r, a) => new { a.Name, r.EndedOn }).OrderBy(r => r.Name).ToListAsync();
        using var steward = await SignedIn.ClientAsync(api.Hub);
        var sheet = await steward.ReadAsync($"/contacts/{contact.Id}");

        Assert.Equal(["Menuiserie Vasseur", "Transports Peltier"], roles.Select(r => r.Name));
        Assert.NotNull(roles[0].EndedOn);
        Assert.Null(roles[1].EndedOn);
        Assert.Single(contact.PreviousPositions);
        Assert.False(await db.Matches.AnyAsync(m => m.Kind == ClusterKind.Contact && m.Band == Rcu.Matching.Band.Review));
        Assert.Contains("Menuiserie Vasseur", sheet, StringComparison.Ordinal);
        Assert.Contains("Transports Peltier", sheet, StringComparison.Ordinal);
        Assert.Contains("terminé", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_full_resolution_corrected_is_told_in_a_sentence()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await api.SayAsync(("erp", "A1"), new { name = "Menuiserie Vasseur", city = "Metz" });
        await using var db = api.Open();
        await db.Set<ResolutionRun>().Where(r => r.Kind == ClusterKind.Account).ExecuteUpdateAsync(set => set.SetProperty(r => r.Corrected, 3));
        api.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        using var steward = await SignedIn.ClientAsync(api.Hub);

        var runs = await api.ListAsync("/matches/resolutions");
        var desk = await steward.ReadAsync("/doublons");

        const string told = "Elle a replacé 3 fiches que les résolutions partielles avaient mises ailleurs.";
        Assert.EndsWith(told, Assert.Single(runs).GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.Contains(told, desk, StringComparison.Ordinal);
    }

    private static async Task SayAsync(ApiHub api, string source, string key, object said)
    {
        var (answer, _) = await api.SendAsync(HttpMethod.Put, $"/contacts/by-key/{source}/{key}", said);
        Assert.True(answer.IsSuccessStatusCode);
        await api.ResolveAsync();
    }
}
