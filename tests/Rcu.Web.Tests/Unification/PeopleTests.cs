using System.Net;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Resolution;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Resolution;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Unification;

/// <summary>What people say of people shows at once, is never lost by what is computed again, and goes where the records go.</summary>
public class PeopleTests
{
    [Fact]
    public async Task A_part_played_at_an_account_one_does_not_work_for_is_kept_by_every_resolution_and_goes_with_its_record()
    {
        await using var api = await ApiHub.StartAsync();
        var (vasseur, peltier, auditor) = await SayAsync(api);
        using var rep = await SignedIn.ClientAsync(api.Hub);
        var page = $"/contacts/{auditor}/relations";

        using var said = await rep.PostFormAsync(
            page, $"{page}?handler=Role", new("role.Account", $"{peltier}"), new("role.Function", "Prescriber"), new("role.Remark", "Certifie leurs comptes"));
        using var again = await rep.PostFormAsync(page, $"{page}?handler=Role", new("role.Account", $"{peltier}"), new("role.Function", "Prescriber"));
        using var stance = await rep.PostFormAsync(
            page, $"{page}?handler=Stance", new("stance.Account", $"{peltier}"), new("stance.Stance", "Favourable"), new("stance.SeenOn", "2026-01-15"), new("stance.ToldBy", "Réunion"));
        var atOnce = await RolesAsync(api, auditor);
        await api.ResolveAsync(full: true);
        var sheet = await rep.ReadAsync($"/comptes/{peltier}?onglet=contacts&role=Prescriber");

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Conflict, HttpStatusCode.Redirect), (said.StatusCode, again.StatusCode, stance.StatusCode));
        var role = Assert.Single(atOnce, r => r.AccountId == peltier);
        Assert.Equal((RoleFunction.Prescriber, true, Stance.Favourable, "Réunion", "saisie"), (role.Function, role.IsOutsider, role.Stance, role.StanceSource, role.Source));
        Assert.Contains("Certifie leurs comptes", role.Reason, StringComparison.Ordinal);
        Assert.Equal(Picture(atOnce), Picture(await RolesAsync(api, auditor)));
        Assert.Contains("externe", sheet, StringComparison.Ordinal);

        await api.JoinAsync("A1", "B1");
        await api.ResolveAsync();
        var one = Assert.Single((await api.ClustersAsync()).Where(c => c.Key is "A1" or "B1").Select(c => c.Value).Distinct());
        var joined = await RolesAsync(api, auditor);
        await using var db = api.Open();
        await db.Decisions.ExecuteUpdateAsync(d => d.SetProperty(x => x.RevokedAt, DateTimeOffset.UtcNow));
        await api.ResolveAsync();

        Assert.All(joined, r => Assert.Equal(one, r.AccountId));
        Assert.Contains(joined, r => r.Function is RoleFunction.Prescriber && !r.IsOutsider);
        Assert.Equal(Picture(atOnce), Picture(await RolesAsync(api, auditor)));
        Assert.Equal(vasseur, (await db.Contacts.AsNoTracking().SingleAsync(c => c.Id == auditor)).AccountId);
    }

    [Fact]
    public async Task Who_left_an_employer_is_set_apart_there_and_coming_back_is_taking_the_word_back()
    {
        await using var api = await ApiHub.StartAsync();
        var (vasseur, _, auditor) = await SayAsync(api);
        using var rep = await SignedIn.ClientAsync(api.Hub);
        var page = $"/contacts/{auditor}/relations";
        var before = await RolesAsync(api, auditor);

        using var left = await rep.PostFormAsync(page, $"{page}?handler=Left", new("role", $"{before.Single(r => r.Function is RoleFunction.Employee).Id}"), new("on", "2026-02-01"));
        var gone = await RolesAsync(api, auditor);
        var tab = await rep.ReadAsync($"/comptes/{vasseur}?onglet=contacts");
        var summary = await rep.ReadAsync($"/comptes/{vasseur}");
        await using var db = api.Open();
        var employer = (await db.Contacts.AsNoTracking().SingleAsync(c => c.Id == auditor)).AccountId;
        using var taken = await rep.PostFormAsync(page, $"{page}?handler=RemoveRole", new KeyValuePair<string, string>("fact", $"{gone.Single(r => r.Source == "saisie").Id}"));

        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
        Assert.All(gone, r => Assert.Equal(new DateOnly(2026, 2, 1), r.EndedOn));
        Assert.Null(employer);
        Assert.Contains("Ont quitté ce compte (1)", tab, StringComparison.Ordinal);
        Assert.Contains("de Hélène Marchadier, qui décidait", summary, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        Assert.Equal(Picture(before), Picture(await RolesAsync(api, auditor)));
    }

    private static async Task<(Guid Vasseur, Guid Peltier, Guid Auditor)> SayAsync(ApiHub api)
    {
        await api.DeclareSourcesAsync();
        await api.SayAsync(
            ("erp", "A1"), new { name = "Menuiserie Vasseur", siret = "73282932000074", postalCode = "57000", city = "Metz", phone = "0387000001" },
            ("erp", "B1"), new { name = "Transports Peltier", postalCode = "69003", city = "Lyon", phone = "0478000002" });
        var (answer, _) = await api.SendAsync(HttpMethod.Put, "/contacts/by-key/crm/C1", new
        {
            givenName = "Hélène", familyName = "Marchadier", mobile = "0612345678", email = "helene.marchadier@free.fr", jobTitle = "Gérante",
            companySiren = "732829320", companyName = "Menuiserie Vasseur",
        });
        Assert.True(answer.IsSuccessStatusCode);
        await api.ResolveAsync();
        var clusters = await api.ClustersAsync();
        await using var db = api.Open();
        return (clusters["A1"], clusters["B1"], await db.Contacts.Select(c => c.Id).SingleAsync());
    }

    private static async Task<List<Role>> RolesAsync(ApiHub api, Guid contact)
    {
        await using var db = api.Open();
        return await db.Roles.AsNoTracking().Where(r => r.ContactId == contact).OrderBy(r => r.Id).ToListAsync();
    }

    private static IEnumerable<string> Picture(IEnumerable<Role> roles) =>
        roles.Select(r => $"{r.Id} {r.AccountId} {r.Function} {r.IsOutsider} {r.Stance} {r.StanceOn} {r.StartedOn} {r.EndedOn} {r.Reason}");
}
