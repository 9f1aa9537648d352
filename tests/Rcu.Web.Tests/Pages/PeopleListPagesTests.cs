using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Data;
using Rcu.Exploration.Desk;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>The list of people as a list to work on, and lists that become segments.</summary>
public class PeopleListPagesTests
{
    [Fact]
    public async Task People_are_tagged_given_tasks_and_exported_by_the_page_as_by_the_api_and_all_is_given_back()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);
        var people = await api.InAsync(s => s.GetRequiredService<RcuDb>().Contacts.Where(c => c.AccountId == sample.First.Account.Id).OrderBy(c => c.Name).ToListAsync());
        var (one, two) = (people[0].Id, people[1].Id);

        using var tagged = await rep.PostFormAsync(
            "/contacts", "/contacts?handler=Batch", new("act", "Tag"), new("tag", "=salon"), new("ids", $"{one}"), new("ids", $"{two}"));
        var after = await rep.ReadAsync("/contacts");
        var found = await rep.ReadAsync("/contacts?etiquette=%3Dsalon&col=tags");
        var (sent, view) = await api.SendAsync(
            HttpMethod.Post, "/contacts:bulk", new { act = "task", value = "Appeler", assignee = SignedIn.Email, filter = new { tag = "=salon" } });
        var (refused, problem) = await api.SendAsync(HttpMethod.Post, "/contacts:bulk", new { act = "assign", value = SignedIn.Email, ids = new[] { one } });
        using var file = await rep.PostFormAsync("/contacts", "/contacts/export?format=csv", new KeyValuePair<string, string>("ids", $"{one}"));
        var posted = await file.Content.ReadAsStringAsync();
        var asked = await api.Client.GetStringAsync(new Uri($"/api/v1/contacts/export?ids={one}", UriKind.Relative));
        var whole = await rep.GetStringAsync("/contacts/export?etiquette=%3Dsalon&format=csv");
        var tasks = await api.InAsync(s => s.GetRequiredService<RcuDb>().Set<AccountTask>().Select(t => t.ContactId).ToListAsync());
        var batches = await api.InAsync(s => s.GetRequiredService<RcuDb>().Set<AccountBatch>().OrderBy(b => b.Id).ToListAsync());
        using var undone = await rep.PostFormAsync("/contacts", "/contacts?handler=Undo", new KeyValuePair<string, string>("batch", $"{batches[0].Id}"));
        await api.SendAsync(HttpMethod.Post, $"/contacts/bulk/{batches[1].Id}/undo", null);
        var left = await api.InAsync(async s => (await s.GetRequiredService<RcuDb>().Set<ContactTag>().CountAsync(), await s.GetRequiredService<RcuDb>().Set<AccountTask>().CountAsync()));

        Assert.Contains("2 contacts étiquetés « =salon »", after, StringComparison.Ordinal);
        Assert.Contains($"/contacts/{one}", found, StringComparison.Ordinal);
        Assert.DoesNotContain($"/contacts/{people[2].Id}", found, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, 2), (sent.StatusCode, view.GetProperty("accounts").GetInt32()));
        Assert.Equal(new Guid?[] { one, two }.Order(), tasks.Order());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "batch.not_on_people"), (refused.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal(posted, asked);
        Assert.Equal((2, 3), (posted.TrimEnd().Split("\r\n").Length, whole.TrimEnd().Split("\r\n").Length));
        Assert.Equal([ListKind.Contacts, ListKind.Contacts], batches.Select(b => b.List));
        Assert.Equal((0, 0), left);
    }

    [Fact]
    public async Task A_view_of_people_is_kept_apart_from_those_of_accounts_sorted_and_looked_at_aside()
    {
        await using var api = await ApiHub.StartAsync();
        await api.AddSampleAsync();
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);
        var someone = await api.InAsync(s => s.GetRequiredService<RcuDb>().Contacts.FirstAsync(c => c.Name == "Inès Lambert"));

        using var kept = await rep.PostFormAsync("/contacts", "/contacts?role=Payer&tri=Email&handler=Keep", new("columns", "email"), new("name", "Payeurs"));
        var tab = await rep.ReadAsync("/contacts?role=Payer&tri=Email");
        var accounts = await rep.ReadAsync("/comptes");
        var panel = await rep.ReadAsync($"/contacts/{someone.Id}/apercu");
        var byEmail = await rep.ReadAsync("/contacts?tri=Email&inverse=true");

        Assert.Contains("<a href=\"/contacts?role=Payer&tri=Email\" aria-current=\"page\">Payeurs</a>", tab, StringComparison.Ordinal);
        Assert.DoesNotContain("Payeurs", accounts, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", panel, StringComparison.Ordinal);
        Assert.Contains("Opposition reçue le 3 novembre 2025", panel, StringComparison.Ordinal);
        Assert.True(byEmail.IndexOf("Zoé Étienne", StringComparison.Ordinal) < byEmail.IndexOf("Inès Lambert", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_filtered_list_becomes_a_segment_with_the_same_members_by_the_page_as_by_the_api()
    {
        await using var api = await ApiHub.StartAsync();
        await api.AddSampleAsync();
        using var marketing = await SignedIn.ClientAsync(api.Hub, HubRoles.Marketing);

        using var made = await marketing.PostFormAsync(
            "/comptes?q=garage&dep=57", "/segments/de-comptes?q=garage&dep=57", new KeyValuePair<string, string>("name", "Garages de Moselle"));
        var (sent, view) = await api.SendAsync(
            HttpMethod.Post, "/segments:from-list", new { name = "Les mêmes", accounts = new { text = "garage", department = "57" } });
        var (people, payers) = await api.SendAsync(HttpMethod.Post, "/segments:from-list", new { name = "Payeurs", contacts = new { function = "payer" } });
        var (refused, problem) = await api.SendAsync(
            HttpMethod.Post, "/segments:from-list", new { name = "Baisse", accounts = new { watch = "falling", tag = "x" } });
        var (everyone, nothing) = await api.SendAsync(HttpMethod.Post, "/segments:from-list", new { name = "Tous", accounts = new { } });
        var list = await marketing.ReadAsync("/contacts?role=Payer");
        var (_, listed) = await api.GetAsync("/accounts?text=garage&department=57");
        var segments = await api.InAsync(s => s.GetRequiredService<RcuDb>().Segments.OrderBy(s => s.Id).ToListAsync());
        var members = await api.InAsync(s => s.GetRequiredService<RcuDb>().SegmentMembers.ToListAsync());

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Created, HttpStatusCode.Created), (made.StatusCode, sent.StatusCode, people.StatusCode));
        var expected = listed.GetProperty("data").EnumerateArray().Select(a => a.GetProperty("id").GetGuid()).Order().ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, members.Where(m => m.SegmentId == segments[0].Id).Select(m => m.MemberId).Order());
        Assert.Equal(expected, members.Where(m => m.SegmentId == view.GetProperty("id").GetGuid()).Select(m => m.MemberId).Order());
        Assert.Single(members, m => m.SegmentId == payers.GetProperty("id").GetGuid());
        Assert.Contains("/segments/de-contacts?role=Payer", list, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"tag\"", list, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, "segment.unsaid_filters"), (refused.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Contains("etiquette, vue", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, "segment.no_filter"), (everyone.StatusCode, nothing.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Ticked_accounts_go_into_a_segment_picked_by_hand_and_come_out_of_it()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        using var marketing = await SignedIn.ClientAsync(api.Hub, HubRoles.Marketing);
        var ids = sample.Accounts.Take(4).Select(a => a.Id).ToList();

        using var begun = await marketing.PostFormAsync(
            "/comptes", "/segments/de-comptes?handler=Pick", new("segmentName", "Choisis"), new("ids", $"{ids[0]}"), new("ids", $"{ids[1]}"));
        var segment = await api.InAsync(s => s.GetRequiredService<RcuDb>().Segments.SingleAsync());
        using var more = await marketing.PostFormAsync(
            "/comptes", "/segments/de-comptes?handler=Pick", new("segment", $"{segment.Id}"), new("ids", $"{ids[1]}"), new("ids", $"{ids[2]}"));
        var page = await marketing.ReadAsync("/comptes");
        var three = await InsideAsync(api, segment.Id);
        using var back = await marketing.PostFormAsync(
            "/comptes", "/segments/de-comptes?handler=Undo", new("segment", $"{segment.Id}"), new("count", "1"), new("version", "2"));
        var two = await InsideAsync(api, segment.Id);
        var (added, _) = await api.SendAsync(HttpMethod.Post, $"/segments/{segment.Id}/members", new { ids = new[] { ids[3] } });
        var (removed, _) = await api.SendAsync(HttpMethod.Post, $"/segments/{segment.Id}/members:remove", new { ids = new[] { ids[0] } });
        var left = await InsideAsync(api, segment.Id);
        using var stale = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/segments/{segment.Id}/members") { Content = System.Net.Http.Json.JsonContent.Create(new { ids }) };
        stale.Headers.Add("If-Match", "\"1\"");
        using var late = await api.Client.SendAsync(stale);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.Redirect), (begun.StatusCode, more.StatusCode, back.StatusCode));
        Assert.Contains("1 ajouté au segment « Choisis »", page, StringComparison.Ordinal);
        Assert.Contains("name=\"version\" value=\"2\"", page, StringComparison.Ordinal);
        Assert.Equal(ids.Take(3).Order(), three);
        Assert.Equal(ids.Take(2).Order(), two);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (added.StatusCode, removed.StatusCode));
        Assert.Equal(new[] { ids[1], ids[3] }.Order(), left);
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Contains("choisis à la main (2)", await marketing.ReadAsync($"/segments/{segment.Id}"), StringComparison.Ordinal);
    }

    private static Task<List<Guid>> InsideAsync(ApiHub api, Guid segment) => api.InAsync(s => s.GetRequiredService<RcuDb>().SegmentMembers
        .Where(m => m.SegmentId == segment && m.ExitedAt == null).Select(m => m.MemberId).OrderBy(id => id).ToListAsync());
}
