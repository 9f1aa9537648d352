using System.Net;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Unification.People;
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
    public async Task An_account_a_source_ties_beside_the_main_one_is_a_part_played_there_and_follows_its_record()
    {
        await using var api = await ApiHub.StartAsync();
        var (_, peltier, auditor) = await SayAsync(api);
        await api.SayAsync(("crm", "D1"), new { name = "Transports Peltier", postalCode = "69003", city = "Lyon", phone = "0478000002" });
        await using var db = api.Open();
        await db.Database.ExecuteSqlAsync(
            $"update records set fields = fields || jsonb_build_object('posts', {Posts}) where kind = 'Contact' and external_key = 'C1'");

        await api.ResolveAsync();
        var tied = Assert.Single(await RolesAsync(api, auditor), r => r.AccountId == peltier);
        await api.JoinAsync("A1", "B1");
        await api.ResolveAsync();
        var one = (await api.ClustersAsync())["D1"];

        Assert.Equal((RoleFunction.DecisionMaker, true, "crm"), (tied.Function, tied.IsOutsider, tied.Source));
        Assert.Contains("Décideur", tied.Reason, StringComparison.Ordinal);
        Assert.Contains(await RolesAsync(api, auditor), r => r.AccountId == one && r.Function is RoleFunction.DecisionMaker && !r.IsOutsider);
        Assert.Equal(one, (await db.Contacts.AsNoTracking().SingleAsync()).AccountId);
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

    [Fact]
    public async Task What_is_said_by_the_api_is_what_is_said_on_the_page_and_shows_who_can_introduce_whom()
    {
        await using var api = await ApiHub.StartAsync();
        var (_, peltier, person) = await SayAsync(api);
        using var rep = await SignedIn.ClientAsync(api.Hub);
        foreach (var (key, given, siren) in new[] { ("C2", "Paul", "732829320"), ("C3", "Zoé", null) })
        {
            await api.SendAsync(HttpMethod.Put, $"/contacts/by-key/crm/{key}", new { givenName = given, familyName = "Garnier", email = $"{key}@garnier.example", companySiren = siren });
        }

        await api.ResolveAsync();
        await using var db = api.Open();
        var (paul, zoe) = (await db.Contacts.Where(c => c.GivenName == "Paul").Select(c => c.Id).SingleAsync(), await db.Contacts.Where(c => c.GivenName == "Zoé").Select(c => c.Id).SingleAsync());
        var page = $"/contacts/{person}/relations";

        var (made, _) = await api.SendAsync(HttpMethod.Post, $"/contacts/{person}/roles", new { accountId = peltier, function = "influencer", remark = "Conseille" });
        var byApi = await RolesAsync(api, person);
        var role = byApi.Single(r => r.AccountId == peltier);
        var (stale, _) = await SendAsync(api, HttpMethod.Delete, $"/roles/{role.Id}", "\"9-9\"");
        var (removed, _) = await SendAsync(api, HttpMethod.Delete, $"/roles/{role.Id}", made.Headers.ETag!.Tag);
        var (deduced, _) = await SendAsync(api, HttpMethod.Delete, $"/roles/{byApi.First(r => r.AccountId != peltier).Id}", null);
        using var typed = await rep.PostFormAsync(page, $"{page}?handler=Role", new("role.Account", $"{peltier}"), new("role.Function", "Influencer"), new("role.Remark", "Conseille"));
        var byPage = (await RolesAsync(api, person)).Single(r => r.AccountId == peltier);
        var (related, _) = await api.SendAsync(HttpMethod.Post, $"/contacts/{paul}/relations", new { otherId = person, kind = "reports_to" });
        var (circle, refusal) = await api.SendAsync(HttpMethod.Post, $"/contacts/{person}/relations", new { otherId = paul, kind = "reports_to" });
        using var knows = await rep.PostFormAsync($"/contacts/{zoe}/relations", $"/contacts/{zoe}/relations?handler=Relation&q=Paul", new("relation.Other", $"{paul}"), new("relation.Kind", "knows"));
        using var works = await rep.PostFormAsync($"/contacts/{zoe}/relations", $"/contacts/{zoe}/relations?handler=Role", new("role.Account", $"{peltier}"), new("role.Function", "Employee"));
        using var noted = await rep.PostFormAsync($"/contacts/{zoe}", $"/contacts/{zoe}?handler=Note", new("kind", "Call"), new("text", "Bien passé"));
        var (_, ways) = await api.GetAsync($"/contacts/{person}/introductions?reader={SignedIn.Email}");
        var network = await rep.ReadAsync(page);
        var people = await rep.ReadAsync($"/comptes/{await db.Contacts.Where(c => c.Id == paul).Select(c => c.AccountId).SingleAsync()}?onglet=contacts");

        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.PreconditionFailed, HttpStatusCode.NoContent, HttpStatusCode.Conflict, HttpStatusCode.Redirect),
            (made.StatusCode, stale.StatusCode, removed.StatusCode, deduced.StatusCode, typed.StatusCode));
        Assert.Equal((role.Function, role.IsOutsider, role.EndedOn, role.Source), (byPage.Function, byPage.IsOutsider, byPage.EndedOn, byPage.Source));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict, "relation.circle"), (related.StatusCode, circle.StatusCode, refusal.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (knows.StatusCode, noted.StatusCode));
        var way = Assert.Single(ways.GetProperty("data").EnumerateArray());
        Assert.Equal(2, way.GetProperty("steps").GetArrayLength());
        Assert.Contains("Passez par Zoé Garnier", network, StringComparison.Ordinal);
        Assert.Contains("connaît Paul Garnier", network, StringComparison.Ordinal);
        Assert.Contains("Organigramme", people, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_who_change_one_part_at_once_each_is_kept_or_told_to_look_again()
    {
        await using var api = await ApiHub.StartAsync();
        var (_, peltier, person) = await SayAsync(api);
        var (_, said) = await api.SendAsync(HttpMethod.Post, $"/contacts/{person}/roles", new { accountId = peltier, function = "influencer" });
        var role = $"/roles/{said.GetProperty("id").GetGuid()}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n =>
            api.SendAsync(HttpMethod.Put, role, new { accountId = peltier, function = "influencer", remark = $"Avis {n}" })));
        await using var db = api.Open();
        var versions = await db.Set<TypedRole>().OrderBy(r => r.Version).ToListAsync();

        var kept = answers.Count(a => a.Answer.StatusCode is HttpStatusCode.OK);
        Assert.InRange(kept, 1, 8);
        Assert.All(answers, a => Assert.True(a.Answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.PreconditionFailed, $"{a.Answer.StatusCode}"));
        Assert.Equal(Enumerable.Range(1, kept + 1), versions.Select(v => v.Version));
        Assert.Equal(versions[^1].Id, Assert.Single(versions, v => v.DroppedAt is null).Id);
    }

    private static async Task<(HttpResponseMessage, string)> SendAsync(ApiHub api, HttpMethod method, string path, string? seen)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1{path}");
        if (seen is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", seen);
        }

        var answer = await api.Client.SendAsync(request);
        return (answer, await answer.Content.ReadAsStringAsync());
    }

    private const string Posts = """[{"key":"D1","labels":["Décideur"]},{"key":"Z9","labels":[]}]""";

    private static async Task<(Guid Vasseur, Guid Peltier, Guid Auditor)> SayAsync(ApiHub api)
    {
        await api.DeclareSourcesAsync();
        await api.SayAsync(
            ("erp", "A1"), new { name = "Menuiserie Vasseur", siret = "73282932000074", postalCode = "57000", city = "Metz", phone = "0387000001" },
            ("erp", "B1"), new { name = "Transports Peltier", postalCode = "69003", city = "Lyon", phone = "0478000002" });
        var (answer, _) = await api.SendAsync(HttpMethod.Put, "/contacts/by-key/crm/C1", new
        {
            givenName = "Hélène",
            familyName = "Marchadier",
            mobile = "0612345678",
            email = "helene.marchadier@free.fr",
            jobTitle = "Gérante",
            companySiren = "732829320",
            companyName = "Menuiserie Vasseur",
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
