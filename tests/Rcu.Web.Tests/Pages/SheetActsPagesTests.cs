using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Exploration.Desk;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>The page of an account around its tabs: what to keep in mind and hide, alerts, an error reported, why it is in a segment; and names it bore.</summary>
public class SheetActsPagesTests
{
    [Fact]
    public async Task What_was_seen_is_hidden_from_that_person_until_it_says_something_else()
    {
        await using var api = await ApiHub.StartAsync();
        var account = (await api.AddSampleAsync()).First.Account.Id;
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);
        var page = $"/comptes/{account}";
        var sheet = (await api.InAsync(s => s.GetRequiredService<AccountSheets>().ReadAsync(Rcu.Security.AccountScope.Hub, account, default))).Value!;
        var overdue = sheet.AllNotables.Single(n => n.Code == "overdue");

        var before = await rep.ReadAsync(page);
        using var seen = await rep.PostFormAsync(page, $"{page}/actes?handler=Seen", new KeyValuePair<string, string>("code", "overdue"));
        var after = await rep.ReadAsync(page);
        await api.InAsync(s => s.GetRequiredService<RcuDb>().AccountMetrics.Where(m => m.AccountId == account)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.OverdueAmount, 99_999m)));
        var changed = await rep.ReadAsync(page);
        var (again, _) = await api.SendAsync(HttpMethod.Put, $"/accounts/{account}/notables/overdue/seen/{SignedIn.Email}", null);
        var hidden = await rep.ReadAsync(page);
        var (shown, _) = await api.SendAsync(HttpMethod.Delete, $"/accounts/{account}/notables/overdue/seen/{SignedIn.Email}", null);
        var back = await rep.ReadAsync(page);

        Assert.Equal("documents", overdue.From);
        Assert.Contains("d’après les factures", before, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.NoContent, HttpStatusCode.NoContent), (seen.StatusCode, again.StatusCode, shown.StatusCode));
        string[] told = [before, changed, back];
        Assert.All(told, html => Assert.Contains("name=\"code\" value=\"overdue\"", html, StringComparison.Ordinal));
        Assert.All(new[] { after, hidden }, html => Assert.DoesNotContain("name=\"code\" value=\"overdue\"", html, StringComparison.Ordinal));
        Assert.Contains("1 déjà vu : tout revoir", after, StringComparison.Ordinal);
        Assert.Contains("id=\"alertes\"", before, StringComparison.Ordinal);
        Assert.Contains("1 opposition", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_is_reported_to_a_steward_and_a_segment_says_why_the_account_is_in_it()
    {
        await using var api = await ApiHub.StartAsync();
        var account = (await api.AddSampleAsync()).First.Account;
        using var everyone = await SignedIn.ClientAsync(api.Hub);
        var page = $"/comptes/{account.Id}";
        var (made, _) = await api.SendAsync(HttpMethod.Post, "/segments:from-list", new { name = "Messins", accounts = new { city = "Metz" } });

        using var told = await everyone.PostFormAsync(page, $"{page}/actes?handler=Report", new KeyValuePair<string, string>("text", "le siège a déménagé"));
        using var picked = await everyone.PostFormAsync(
            page, "/segments/de-comptes?handler=Pick", new("segmentName", "À envoyer"), new("ids", $"{account.Id}"), new("back", page));
        var task = await api.InAsync(s => s.GetRequiredService<RcuDb>().Set<AccountTask>().SingleAsync(t => t.Title.StartsWith("Erreur")));
        var journey = await everyone.ReadAsync($"{page}?onglet=segments");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Redirect), (made.StatusCode, told.StatusCode));
        Assert.Equal(("Erreur signalée : le siège a déménagé", SignedIn.Email, account.Id), (task.Title, task.Assignee, task.AccountId));
        Assert.Equal(page, $"{picked.Headers.Location}");
        Assert.Contains("Pourquoi il y est", journey, StringComparison.Ordinal);
        Assert.Contains("Ville commence par « Metz »", journey, StringComparison.Ordinal);
        Assert.Contains("choisis à la main (1)", journey, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_found_by_a_name_it_bore_which_is_told_as_such()
    {
        await using var api = await ApiHub.StartAsync();
        var first = (await api.AddSampleAsync()).First;
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);
        Task<int> NameAsync(string name) => api.InAsync(s => s.GetRequiredService<RcuDb>().Database.ExecuteSqlAsync(
            $"update records set fields = jsonb_build_object('name', {name}::text) where external_key = 'C00127'"));
        await NameAsync("Ateliers Wagner & Fils");
        await NameAsync("Carrosserie Œuvre Générale");

        var found = await rep.ReadAsync("/recherche?q=wagner+fils");
        var (_, byKey) = await api.GetAsync("/search?q=ateliers+wagner");
        await NameAsync("ATELIERS WAGNER & FILS");
        var (_, current) = await api.GetAsync("/search?q=ateliers+wagner");
        var past = await api.InAsync(s => s.GetRequiredService<RcuDb>().Set<PastName>().Select(p => p.Folded).ToListAsync());

        Assert.Contains($"/comptes/{first.Account.Id}", found, StringComparison.Ordinal);
        Assert.Contains("ancien nom : Ateliers Wagner & Fils", found, StringComparison.Ordinal);
        Assert.Contains("Ateliers Wagner & Fils", byKey.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("formerName\":\"Ateliers", current.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("carrosserie oeuvre generale", past);
    }

    [Fact]
    public async Task What_companies_alike_buy_and_this_one_does_not_is_told_with_its_figures_by_the_page_as_by_the_api()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);
        var alike = sample.Accounts.Where(a => a is { Naf: "45.20A", HeadcountBand: "12" } && a.Id != sample.First.Account.Id).Take(7).Select(a => a.Id).ToList();
        await using (var db = sample.Open())
        {
            string[] names = ["Maintenance", "Formation", "Location"];
            var ranges = names.ToDictionary(r => r, r => new Rcu.Customers.Product { Code = r, Label = r, Range = r });
            db.AddRange(ranges.Values);
            for (var i = 0; i < alike.Count; i++)
            {
                string[] bought = i == 0 ? ["Location"] : i < 4 ? ["Location", "Maintenance"] : i == 4 ? ["Formation"] : ["Location"];
                var paper = new Rcu.Customers.Document
                {
                    AccountId = alike[i],
                    Id = Guid.CreateVersion7(),
                    Type = Rcu.Customers.DocumentType.Invoice,
                    Number = $"W{i}",
                    Date = DateOnly.FromDateTime(sample.Now.AddDays(-40).UtcDateTime),
                    Net = 1000,
                    Source = "erp",
                };
                db.Add(paper);
                db.AddRange(bought.Select((range, place) => new Rcu.Customers.DocumentLine
                {
                    AccountId = alike[i],
                    DocumentId = paper.Id,
                    Id = Guid.CreateVersion7(),
                    Place = place,
                    ProductId = ranges[range].Id,
                    Net = 500,
                    Source = "erp",
                }));
            }

            await db.SaveChangesAsync();
        }

        var tab = await rep.ReadAsync($"/comptes/{alike[0]}?onglet=ventes");
        var (_, view) = await api.GetAsync($"/accounts/{alike[0]}/white-space");
        var lonely = await rep.ReadAsync($"/comptes/{sample.Accounts[1].Id}?onglet=ventes");

        Assert.Contains("3 entreprises semblables sur 6 (NAF 45, 10 à 49 salariés) achètent « Maintenance », ce compte non", tab, StringComparison.Ordinal);
        Assert.DoesNotContain("achètent « Formation »", tab, StringComparison.Ordinal);
        Assert.Contains("il en faut 5 pour comparer", lonely, StringComparison.Ordinal);
        Assert.Equal(6, view.GetProperty("peers").GetInt32());
        var maintenance = view.GetProperty("ranges").EnumerateArray().Single(r => r.GetProperty("isWhite").GetBoolean());
        Assert.Equal(("Maintenance", 3, 250m), (maintenance.GetProperty("name").GetString(), maintenance.GetProperty("buyers").GetInt32(), maintenance.GetProperty("yearlyNet").GetDecimal()));
    }
}
