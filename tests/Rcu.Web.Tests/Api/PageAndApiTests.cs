using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Web.Tests.Resolution;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Api;

/// <summary>What is done on a page and what is done by a program leave the same behind.</summary>
public partial class PageAndApiTests
{
    private static readonly object Vasseur = new { name = "Menuiserie Vasseur", siret = "73282932000074", postalCode = "57000", city = "Metz", phone = "0387000001" };
    private static readonly object Peltier = new { name = "Transports Peltier", postalCode = "69003", city = "Lyon", phone = "0478000002" };
    private static readonly object OtherUnit = new { name = "Transports Peltier", siret = "55210055400013", postalCode = "69003", city = "Lyon", phone = "0478000002" };

    [Fact]
    public async Task Accounts_are_merged_and_parted_alike()
    {
        await using var api = await SaidAsync(("erp", "A1"), Vasseur, ("crm", "B1"), Peltier);
        using var steward = await SignedIn.ClientAsync(api.Hub);
        var ids = await api.ClustersAsync();
        await using var db = api.Open();
        var leaving = await db.Records.Where(r => r.ExternalKey == "B1").Select(r => r.Id).SingleAsync();

        await api.SendAsync(HttpMethod.Post, $"/accounts/{ids["A1"]}:merge", new { with = ids["B1"], reason = "Vérifié" });
        var (mergedByApi, joined) = await AfterAsync(api);
        await api.SendAsync(HttpMethod.Post, $"/accounts/{joined["A1"]}:unmerge", new { recordId = leaving, reason = "Deux sociétés" });
        var (partedByApi, parted) = await AfterAsync(api);

        var merge = $"/doublons/fusion?ids={parted["A1"]}&ids={parted["B1"]}";
        using var byPage = await steward.PostFormAsync(merge, merge, new KeyValuePair<string, string>("reason", "Vérifié"));
        var (mergedByPage, _) = await AfterAsync(api);
        var part = $"/doublons/separer?kind=Account&recordId={leaving}";
        using var away = await steward.PostFormAsync(part, part, new("reason", "Deux sociétés"), new("kind", "Account"), new("recordId", $"{leaving}"));
        var (partedByPage, _) = await AfterAsync(api);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (byPage.StatusCode, away.StatusCode));
        Assert.Single(joined.Values.Distinct());
        Assert.Equal(mergedByApi, mergedByPage);
        Assert.Equal(partedByApi, partedByPage);
        Assert.NotEqual(mergedByApi, partedByApi);
    }

    // The SIREN 732 829 320 makes the key (12 + 3 × (732829320 mod 97)) mod 97 = 44.
    [Fact]
    public async Task A_vat_number_that_no_source_gives_is_computed_and_said_to_be()
    {
        await using var api = await SaidAsync(("erp", "A1"), Vasseur, ("crm", "B1"), Peltier);
        using var steward = await SignedIn.ClientAsync(api.Hub);
        var ids = await api.ClustersAsync();

        var known = (await api.GetAsync($"/accounts/{ids["A1"]}")).Body;
        var unknown = (await api.GetAsync($"/accounts/{ids["B1"]}")).Body;
        var page = WebUtility.HtmlDecode(await steward.GetStringAsync($"/comptes/{ids["A1"]}"));

        Assert.Equal((null, "FR44732829320"), (known.GetProperty("vat").GetString(), known.GetProperty("computedVat").GetString()));
        Assert.Null(unknown.GetProperty("computedVat").GetString());
        Assert.Contains("FR\u00A044\u00A0732829320", page, StringComparison.Ordinal);
        Assert.Contains("calculé du SIREN", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Part", "different")]
    [InlineData("Keep", "same")]
    public async Task A_split_is_judged_alike(string handler, string judgement)
    {
        await using var api = await SaidAsync(("erp", "A1"), Vasseur, ("crm", "A2"), Vasseur, ("erp", "B1"), Vasseur, ("crm", "B2"), Vasseur);
        await api.SayAsync(("erp", "B1"), Peltier, ("crm", "B2"), Peltier);
        using var steward = await SignedIn.ClientAsync(api.Hub);
        await using var db = api.Open();
        var id = await db.Set<Rcu.Resolution.Split>().Select(s => s.Id).SingleAsync();

        await api.SendAsync(HttpMethod.Put, $"/matches/splits/{id}/judgement", new { judgement });
        var byApi = await JudgedAsync(db, "splits");
        await steward.PostFormAsync("/doublons/separations", $"/doublons/separations?handler={handler}", new KeyValuePair<string, string>("id", $"{id}"));

        Assert.Equal(byApi, await JudgedAsync(db, "splits"));
    }

    [Theory]
    [InlineData("Part", "different")]
    [InlineData("Check", "same")]
    public async Task A_suspect_is_judged_alike(string handler, string judgement)
    {
        await using var api = await SaidAsync(("erp", "A1"), Vasseur, ("crm", "A2"), Vasseur, ("erp", "B1"), OtherUnit);
        await api.JoinAsync("A1", "B1");
        await api.ResolveAsync();
        using var steward = await SignedIn.ClientAsync(api.Hub);
        await using var db = api.Open();
        var suspect = await db.Set<Rcu.Resolution.Suspect>().AsNoTracking().SingleAsync();
        var page = $"/doublons/suspects/{suspect.Id}";

        await api.SendAsync(HttpMethod.Put, $"/matches/suspects/{suspect.Id}/judgement", new { judgement, reason = "Lu au registre", leaving = suspect.PartedRecordIds });
        var byApi = await JudgedAsync(db, "suspects");
        await steward.PostFormAsync(
            page, $"{page}?handler={handler}",
            [new("reason", "Lu au registre"), .. suspect.PartedRecordIds.Select(record => new KeyValuePair<string, string>("leaving", $"{record}"))]);

        Assert.Equal(byApi, await JudgedAsync(db, "suspects"));
    }

    [Fact]
    public async Task A_stance_and_a_link_of_a_group_are_said_alike()
    {
        await using var api = await SaidAsync(("erp", "A1"), Vasseur, ("erp", "B1"), Peltier);
        await api.SendAsync(HttpMethod.Put, "/contacts/by-key/crm/C1", new
        {
            givenName = "Hélène",
            familyName = "Marchadier",
            email = "helene.marchadier@vasseur.example",
            companySiren = "732829320",
            companyName = "Menuiserie Vasseur",
        });
        await api.ResolveAsync();
        using var rep = await SignedIn.ClientAsync(api.Hub);
        await using var db = api.Open();
        var (account, other) = (await db.Accounts.Where(a => a.Name == "Menuiserie Vasseur").Select(a => a.Id).SingleAsync(), (await api.ClustersAsync())["B1"]);
        var contact = await db.Contacts.Select(c => c.Id).SingleAsync();
        const string stances = "select contact_id, account_id, stance, seen_on, told_by from typed_stances";
        const string ties = "select nature, parent_record_id, child_record_id, percentage, started_on, reason from account_ties where retired_at is null";

        var page = $"/contacts/{contact}/relations";
        await SavedAsync(rep.PostFormAsync(
            page, $"{page}?handler=Stance", new("stance.Account", $"{account}"), new("stance.Stance", "Hostile"), new("stance.SeenOn", "2026-01-15"), new("stance.ToldBy", "Réunion")));
        var stanceByPage = await TakenAsync(db, stances, "typed_stances");
        await CreatedAsync(api.SendAsync(
            HttpMethod.Post, $"/contacts/{contact}/stances", new { accountId = account, stance = "hostile", seenOn = "2026-01-15", toldBy = "Réunion" }));
        var group = $"/comptes/{account}/groupe";
        await SavedAsync(rep.PostFormAsync(
            group, $"{group}?handler=Declare", new("tie.Other", $"{other}"), new("tie.What", "mother"), new("tie.Percentage", "60.5"), new("tie.StartedOn", "2020-01-01"), new("tie.Reason", "Kbis")));
        var tieByPage = await RowsAsync(db, ties);
        await api.SendAsync(HttpMethod.Delete, $"/ties/{await db.Set<Rcu.Unification.AccountTie>().Select(t => t.Id).SingleAsync()}", null);
        await CreatedAsync(api.SendAsync(
            HttpMethod.Post, $"/accounts/{account}/ties", new { otherId = other, parent = true, percentage = 60.5, startedOn = "2020-01-01", reason = "Kbis" }));

        Assert.Equal(stanceByPage, await TakenAsync(db, stances, "typed_stances"));
        Assert.Single(tieByPage);
        Assert.Equal(tieByPage, await RowsAsync(db, ties));
    }

    [Fact]
    public async Task A_date_or_a_share_that_cannot_be_read_is_told_and_nothing_is_saved()
    {
        await using var api = await SaidAsync(("erp", "A1"), Vasseur, ("erp", "B1"), Peltier);
        using var rep = await SignedIn.ClientAsync(api.Hub);
        await using var db = api.Open();
        var ids = await api.ClustersAsync();
        var page = $"/comptes/{ids["A1"]}/groupe";

        using var date = await rep.PostFormAsync(page, $"{page}?handler=Declare", new("tie.Other", $"{ids["B1"]}"), new("tie.What", "mother"), new("tie.StartedOn", "31/02/2020"));
        var told = await rep.ReadAsync(page);
        using var share = await rep.PostFormAsync(page, $"{page}?handler=Declare", new("tie.Other", $"{ids["B1"]}"), new("tie.What", "mother"), new("tie.Percentage", "la moitié"));
        using var fragment = await rep.PostFragmentAsync(page, $"{page}?handler=Retire", new KeyValuePair<string, string>("tie", "celui-là"));

        Assert.Equal((HttpStatusCode.Redirect, page), (date.StatusCode, $"{date.Headers.Location}"));
        Assert.Contains("« 31/02/2020 » ne se lit pas", told, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity), (share.StatusCode, fragment.StatusCode));
        Assert.Contains("« celui-là » ne se lit pas", await fragment.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await db.Set<Rcu.Unification.AccountTie>().CountAsync());
    }

    [Theory]
    [InlineData("oeuvre")]
    [InlineData("carosserie")]
    [InlineData("generale")]
    public async Task A_search_finds_alike(string typed)
    {
        await using var api = await ApiHub.StartAsync();
        await api.AddSampleAsync();
        using var rep = await SignedIn.ClientAsync(api.Hub);

        var page = await rep.GetStringAsync($"/recherche?q={typed}");
        var (_, found) = await api.GetAsync($"/search?q={typed}&limit=50");

        var byApi = found.GetProperty("direct").EnumerateArray().Concat(found.GetProperty("accounts").EnumerateArray()).Concat(found.GetProperty("contacts").EnumerateArray())
            .Select(hit => hit.GetProperty("id").GetString()!).ToList();
        var byPage = Hit().Matches(page).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(byPage);
        Assert.Empty(byPage.Except(byApi));
        Assert.Equal(byPage, byApi.Where(byPage.Contains));
    }

    private static async Task<ApiHub> SaidAsync(params object[] said)
    {
        var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await api.SayAsync(said);
        return api;
    }

    private static async Task<(List<string> Picture, Dictionary<string, Guid> Clusters)> AfterAsync(ApiHub api)
    {
        await api.ResolveAsync();
        await using var database = Npgsql.NpgsqlDataSource.Create(api.Hub.ConnectionString);
        return (await HubPicture.ReadAsync(database), await api.ClustersAsync());
    }

    // What the answer wrote, which is then taken away so that it can be given again.
    private static async Task<List<string>> JudgedAsync(RcuDb db, string table)
    {
        var picture = await RowsAsync(db, $"select judgement, closed_at is null, judged_at is null, to_jsonb(t) ->> 'reason' from {table} t");
        picture.AddRange(await RowsAsync(
            db, "select kind, left_record_id, right_record_id, verdict, reason from decisions where decided_by <> 'test' order by left_record_id, right_record_id, verdict"));
        await ExecuteAsync(db, "delete from decisions where decided_by <> 'test'");
        await ExecuteAsync(db, $"update {table} set judgement = 'Undecided', judged_at = null, judged_by = null, closed_at = null");
        return picture;
    }

    private static async Task<List<string>> TakenAsync(RcuDb db, string rows, string table)
    {
        var said = await RowsAsync(db, rows);
        Assert.Single(said);
        await ExecuteAsync(db, $"delete from {table}");
        return said;
    }

    private static async Task SavedAsync(Task<HttpResponseMessage> posting)
    {
        using var answer = await posting;
        Assert.True(answer.StatusCode is HttpStatusCode.Redirect, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    private static async Task CreatedAsync(Task<(HttpResponseMessage Answer, System.Text.Json.JsonElement Body)> sending)
    {
        var (answer, body) = await sending;
        Assert.True(answer.StatusCode is HttpStatusCode.Created, $"{body}");
    }

#pragma warning disable EF1002 // constant text of this class
    private static Task<List<string>> RowsAsync(RcuDb db, string rows) =>
        db.Database.SqlQueryRaw<string>($"select row.*::text as \"Value\" from ({rows}) row").ToListAsync();
#pragma warning restore EF1002

    private static Task<int> ExecuteAsync(RcuDb db, string sql) => db.Database.ExecuteSqlRawAsync(sql);

    [GeneratedRegex("<li><a href=\"/(?:comptes|contacts)/([0-9a-f-]{36})")]
    private static partial Regex Hit();
}
