using System.IO.Compression;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Exploration.Desk;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>What is done from the list of accounts: on many at once, columns and views, files, the panel beside it.</summary>
public class ListActsPagesTests
{
    [Fact]
    public async Task Many_accounts_are_tagged_at_once_found_by_the_tag_and_given_back()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);
        var (one, two) = (sample.Accounts[3].Id, sample.Accounts[4].Id);

        using var done = await rep.PostFormAsync(
            "/comptes", "/comptes?handler=Batch", new("act", "Tag"), new("tag", "salon 2027"), new("ids", $"{one}"), new("ids", $"{two}"));
        var after = await rep.ReadAsync("/comptes");
        var tagged = await rep.ReadAsync("/comptes?etiquette=salon+2027&col=tags");
        var batch = await api.InAsync(s => s.GetRequiredService<Rcu.Data.RcuDb>().Set<AccountBatch>().SingleAsync());
        var (undone, view) = await api.SendAsync(HttpMethod.Post, $"/accounts/bulk/{batch.Id}/undo", null);
        var (twice, problem) = await api.SendAsync(HttpMethod.Post, $"/accounts/bulk/{batch.Id}/undo", null);
        var empty = await rep.ReadAsync("/comptes?etiquette=salon+2027");

        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Contains("2 comptes étiquetés « salon 2027 »", after, StringComparison.Ordinal);
        Assert.Contains($"value=\"{batch.Id}\"", after, StringComparison.Ordinal);
        Assert.All(new[] { one, two }, id => Assert.Contains($"/comptes/{id}", tagged, StringComparison.Ordinal));
        Assert.DoesNotContain($"/comptes/{sample.Accounts[5].Id}", tagged, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "api:ERP"), (undone.StatusCode, view.GetProperty("undoneBy").GetString()));
        Assert.Equal((HttpStatusCode.Conflict, "batch.undone_already"), (twice.StatusCode, problem.GetProperty("code").GetString()));
        Assert.DoesNotContain($"/comptes/{one}", empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_list_is_assigned_by_the_api_as_by_the_page_and_undone_as_one_run()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        await api.DeclareSourcesAsync();
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);
        var metz = sample.Accounts.Where(a => a.Address.Department == "57").Select(a => a.Id).ToList();

        using var typed = await rep.PostFormAsync("/comptes?dep=57", "/comptes?dep=57&handler=Batch", new("act", "Assign"), new("all", "true"), new("owner", SignedIn.Email));
        var (sent, view) = await api.SendAsync(
            HttpMethod.Post, "/accounts:bulk", new { act = "assign", value = SignedIn.Email, filter = new { department = "57" } });
        var batches = await api.InAsync(s => s.GetRequiredService<Rcu.Data.RcuDb>().Set<AccountBatch>().OrderBy(b => b.Id).ToListAsync());
        var current = await OwnerAsync(api, metz[0]);
        var (undone, _) = await api.SendAsync(HttpMethod.Post, $"/accounts/bulk/{batches[1].Id}/undo", null);
        var (first, _) = await api.SendAsync(HttpMethod.Post, $"/accounts/bulk/{batches[0].Id}/undo", null);
        var back = await OwnerAsync(api, metz[0]);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.OK), (typed.StatusCode, sent.StatusCode));
        Assert.Equal(metz.Count, view.GetProperty("accounts").GetInt32());
        Assert.Equal((batches[0].Act, batches[0].Value, batches[0].Accounts), (batches[1].Act, batches[1].Value, batches[1].Accounts));
        Assert.Equal(SignedIn.Email, current);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (undone.StatusCode, first.StatusCode));
        Assert.Null(back);
    }

    [Fact]
    public async Task Nothing_said_is_not_everybody()
    {
        await using var api = await ApiHub.StartAsync();
        await api.AddSampleAsync();
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);

        var (sent, problem) = await api.SendAsync(HttpMethod.Post, "/accounts:bulk", new { act = "tag", value = "x" });
        using var typed = await rep.PostFormAsync("/comptes", "/comptes?handler=Batch", new("act", "Tag"), new("tag", "x"));
        var tags = await api.InAsync(s => s.GetRequiredService<Rcu.Data.RcuDb>().Set<AccountTag>().CountAsync());

        Assert.Equal((HttpStatusCode.BadRequest, "batch.whom"), (sent.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal(0, tags);
    }

    [Fact]
    public async Task Columns_are_kept_and_a_list_saved_under_a_name_is_a_tab()
    {
        await using var api = await ApiHub.StartAsync();
        await api.AddSampleAsync();
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);

        using var kept = await rep.PostFormAsync("/comptes", "/comptes?handler=Keep", new("columns", "city"), new("columns", "sources"), new("columns", "nothing"));
        var plain = await rep.ReadAsync("/comptes");
        using var saved = await rep.PostFormAsync(
            "/comptes", "/comptes?dep=57&tri=Revenue&handler=Keep", new("columns", "revenue"), new("name", "Clients de Moselle"));
        var tab = await rep.ReadAsync("/comptes?dep=57&tri=Revenue");

        Assert.Contains(">Sources</th>", Flat(plain), StringComparison.Ordinal);
        Assert.DoesNotContain("tri=Revenue", plain, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/comptes?dep=57&tri=Revenue\" aria-current=\"page\">Clients de Moselle</a>", tab, StringComparison.Ordinal);
        Assert.DoesNotContain(">Sources</th>", Flat(tab), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_leaves_as_a_file_in_which_nothing_is_a_formula()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        await using (var db = sample.Open())
        {
            var id = sample.Accounts[4].Id;
            await db.Accounts.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Name, "=HYPERLINK(\"http://x\")\u0001<&"));
        }

        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);

        var csv = await rep.GetStringAsync("/comptes/export?format=csv");
        var byKey = await api.Client.GetStringAsync(new Uri("/api/v1/accounts/export?format=csv", UriKind.Relative));
        await using var workbook = await rep.GetStreamAsync("/comptes/export?format=xlsx");
        using var copy = new MemoryStream();
        await workbook.CopyToAsync(copy);
        await using var zip = new ZipArchive(copy);
        using var reader = new StreamReader(await zip.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync());
        var sheet = System.Xml.Linq.XDocument.Parse(await reader.ReadToEndAsync());
        System.Xml.Linq.XNamespace main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

        Assert.Equal(csv, byKey);
        Assert.Equal(SampleCustomers.Count + 1, csv.TrimEnd().Split("\r\n").Length);
        Assert.Contains("\"'=HYPERLINK", csv, StringComparison.Ordinal);
        Assert.Equal(SampleCustomers.Count + 1, sheet.Descendants(main + "row").Count());
        Assert.Empty(sheet.Descendants(main + "f"));
        Assert.Contains(sheet.Descendants(main + "t"), text => text.Value == "=HYPERLINK(\"http://x\")<&");
    }

    [Fact]
    public async Task An_account_is_looked_at_beside_the_list()
    {
        await using var api = await ApiHub.StartAsync();
        var first = (await api.AddSampleAsync()).First;
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);

        var panel = await rep.ReadAsync($"/comptes/{first.Account.Id}/apercu");

        Assert.DoesNotContain("<html", panel, StringComparison.Ordinal);
        Assert.Contains("Jean-François Müller", panel, StringComparison.Ordinal);
    }

    private static string Flat(string html) => System.Text.RegularExpressions.Regex.Replace(html, @"\s*(</?th[^>]*>)\s*", "$1");

    private static async Task<string?> OwnerAsync(ApiHub api, Guid account) => (await api.InAsync(s =>
        s.GetRequiredService<Rcu.Unification.Edits>().CurrentAccountValueAsync(Rcu.Security.AccountScope.Hub, account, "owner", default))).Value!.Value;
}
