using System.Net;
using Microsoft.EntityFrameworkCore;
using Rcu.Matching;
using Rcu.Resolution;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Resolution;

/// <summary>Joined records that do not fit each other are told to a person, who parts them or says that all is well.</summary>
public class SuspectTests
{
    private static readonly object Vasseur = new { name = "Menuiserie Vasseur", siret = "73282932000074", postalCode = "57000", city = "Metz", phone = "0387000001" };
    private static readonly object Peltier = new { name = "Transports Peltier", siret = "55210055400013", postalCode = "69003", city = "Lyon", phone = "0478000002" };

    [Fact]
    public async Task Two_sirens_that_someone_joined_are_told_with_their_weakest_link_and_parted_along_it()
    {
        await using var api = await JoinedAsync();

        var suspect = Assert.Single(await api.ListAsync("/matches/suspects"));
        var (judged, _) = await api.SendAsync(HttpMethod.Put, $"/matches/suspects/{suspect.GetProperty("id")}/judgement", new { judgement = "different" });
        var (again, problem) = await api.SendAsync(HttpMethod.Put, $"/matches/suspects/{suspect.GetProperty("id")}/judgement", new { judgement = "different" });
        await api.ResolveAsync();
        var clusters = await api.ClustersAsync();

        Assert.Equal((Doubts.Sirens, 3), (suspect.GetProperty("doubt").GetString(), suspect.GetProperty("recordIds").GetArrayLength()));
        Assert.Equal(1, suspect.GetProperty("leaving").GetArrayLength());
        Assert.Contains("deux SIREN différents", suspect.GetProperty("weakestLink").GetString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (judged.StatusCode, again.StatusCode));
        Assert.Equal("match.already_judged", problem.GetProperty("code").GetString());
        Assert.Equal(clusters["A1"], clusters["A2"]);
        Assert.NotEqual(clusters["A1"], clusters["B1"]);
        Assert.Empty(await api.ListAsync("/matches/suspects"));
    }

    [Fact]
    public async Task What_a_person_checked_is_told_again_only_when_its_records_are_others()
    {
        await using var api = await JoinedAsync();
        var path = $"/matches/suspects/{(await api.ListAsync("/matches/suspects"))[0].GetProperty("id")}";

        var (silent, _) = await api.SendAsync(HttpMethod.Put, $"{path}/judgement", new { judgement = "same" });
        var (judged, _) = await api.SendAsync(HttpMethod.Put, $"{path}/judgement", new { judgement = "same", reason = "Fusion de 2024" });
        await api.ResolveAsync(full: true);
        var quiet = await api.ListAsync("/matches/suspects");
        await api.SayAsync(("crm", "A3"), Vasseur);
        var told = await api.ListAsync("/matches/suspects");
        var (_, checkedOne) = await api.GetAsync(path);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (silent.StatusCode, judged.StatusCode));
        Assert.Empty(quiet);
        Assert.Equal(4, Assert.Single(told).GetProperty("recordIds").GetArrayLength());
        Assert.Equal("Fusion de 2024", checkedOne.GetProperty("suspect").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_doubt_that_is_gone_closes_by_itself()
    {
        await using var api = await JoinedAsync();
        await using var db = api.Open();

        await db.Decisions.ExecuteUpdateAsync(set => set.SetProperty(d => d.RevokedAt, DateTimeOffset.UtcNow));
        await api.ResolveAsync();

        var suspect = await db.Set<Suspect>().SingleAsync();
        Assert.NotNull(suspect.ClosedAt);
        Assert.Equal(Judgement.Undecided, suspect.Judgement);
        Assert.Equal(2, await db.Set<ResolutionRun>().CountAsync(r => r.Kind == ClusterKind.Account && r.Scope == ResolutionScope.Changes));
    }

    [Fact]
    public async Task The_list_goes_on_after_the_last_one_shown()
    {
        await using var api = await JoinedAsync();
        await using var db = api.Open();
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into suspects (id, kind, cluster_id, record_ids, doubt, fit, parted_record_ids, resolution_id, judgement, found_at)
            select gen_random_uuid(), 'Account', gen_random_uuid(), array[]::uuid[], 'large', n % 3, array[]::uuid[], gen_random_uuid(), 'Undecided', now()
            from generate_series(1, 7) n
            """);

        var seen = new List<string>();
        for (var path = "/matches/suspects?limit=3"; path is not null;)
        {
            var (_, page) = await api.GetAsync(path);
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("id").GetString()!));
            path = page.GetProperty("nextCursor").GetString() is { } cursor ? $"/matches/suspects?limit=3&cursor={cursor}" : null;
        }

        Assert.Equal((8, 8), (seen.Count, seen.Distinct().Count()));
    }

    [Fact]
    public async Task A_steward_sees_why_and_where_and_must_say_what_was_checked_or_who_leaves()
    {
        await using var api = await JoinedAsync();
        using var steward = await SignedIn.ClientAsync(api.Hub, "Steward");
        await using var db = api.Open();
        var page = $"/doublons/suspects/{await db.Set<Suspect>().Select(s => s.Id).SingleAsync()}";

        var list = await steward.ReadAsync("/doublons/suspects");
        var shown = await steward.ReadAsync(page);
        var nobody = await steward.PostFormAsync(page, $"{page}?handler=Part");
        var silent = await steward.PostFormAsync(page, $"{page}?handler=Check", new KeyValuePair<string, string>("reason", " "));
        var done = await steward.PostFormAsync(page, $"{page}?handler=Check", new KeyValuePair<string, string>("reason", "Fusion de 2024"));
        var after = await steward.ReadAsync("/doublons/suspects");

        Assert.Contains("Ses 3 fiches portent plusieurs SIREN valides", list, StringComparison.Ordinal);
        Assert.Contains("Suspects <span class=\"count\">1</span>", Spaces(list), StringComparison.Ordinal);
        Assert.Contains("Transports Peltier", list, StringComparison.Ordinal);
        Assert.Contains("Le lien le plus faible", shown, StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(shown, "name=\"leaving\"[^>]*checked"));
        Assert.Equal(3, System.Text.RegularExpressions.Regex.Count(shown, "<circle"));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(shown, "class=\"link[^\"]*bridge-link"));
        Assert.Contains("Dites quelles fiches partent", WebUtility.HtmlDecode(await nobody.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Contains("Dites en quelques mots", WebUtility.HtmlDecode(await silent.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal("/doublons/suspects", done.Headers.Location!.ToString());
        Assert.Contains("Aucune réunion suspecte", after, StringComparison.Ordinal);
    }

    private static string Spaces(string html) => System.Text.RegularExpressions.Regex.Replace(html, @"\s+", " ");

    // Two records of one company, and one of another that somebody called the same.
    private static async Task<ApiHub> JoinedAsync()
    {
        var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await api.SayAsync(("erp", "A1"), Vasseur, ("crm", "A2"), Vasseur, ("erp", "B1"), Peltier);
        await api.JoinAsync("A1", "B1");
        await api.ResolveAsync();
        Assert.Single((await api.ClustersAsync()).Values.Distinct());
        return api;
    }
}
