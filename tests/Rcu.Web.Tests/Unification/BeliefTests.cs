using System.Net;
using Microsoft.EntityFrameworkCore;
using Rcu.Segmentation;
using Rcu.Unification.Beliefs;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Resolution;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Unification;

/// <summary>Another order of the sources and other rules are tried on the real records before they are set, do what the trial said, and are taken back.</summary>
public class BeliefTests
{
    private static readonly object ByErp = new { name = "Menuiserie Vasseur", postalCode = "57000", city = "Metz", phone = "03 87 00 00 01", website = "https://erp.vasseur.example" };
    private static readonly object ByCrm = new { name = "Menuiserie Vasseur", postalCode = "57000", city = "Metz", phone = "03 87 00 00 02", website = "https://crm.vasseur.example" };
    private static readonly object Alone = new { name = "Transports Peltier", postalCode = "69003", city = "Lyon", phone = "04 72 00 00 01" };

    [Fact]
    public async Task What_a_trial_tells_is_what_the_next_run_gives_and_undo_gives_it_back()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await api.SayAsync(("erp", "A1"), ByErp, ("crm", "B1"), ByCrm, ("crm", "B2"), Alone);
        await using var db = api.Open();
        var account = (await api.ClustersAsync())["A1"];
        Assert.Equal(account, (await api.ClustersAsync())["B1"]);
        var segment = await SegmentAsync(db, account);
        var order = (await api.GetAsync("/beliefs")).Body.GetProperty("inForce").GetProperty("sources").EnumerateArray().Select(s => s.GetString()!).ToList();
        var shown = await WebsiteAsync(db, account);
        var losing = shown.Contains("erp", StringComparison.Ordinal) ? "crm" : "erp";
        var wanted = order.Where(s => s != losing).Prepend(losing).ToList();

        var (_, trial) = await api.SendAsync(HttpMethod.Post, "/beliefs:try", new { sources = wanted });
        var untouched = await db.Set<BeliefVersion>().CountAsync();
        var (set, version) = await api.SendAsync(HttpMethod.Put, "/beliefs", new { sources = wanted, reason = "Essai", version = 0 });
        await api.ResolveAsync();
        var after = await WebsiteAsync(db, account);
        var (late, stale) = await api.SendAsync(HttpMethod.Put, "/beliefs", new { sources = order, version = 0 });
        var (same, already) = await api.SendAsync(HttpMethod.Put, "/beliefs", new { sources = wanted });
        var (undone, _) = await api.SendAsync(HttpMethod.Delete, "/beliefs/1", null);
        await api.ResolveAsync();
        var back = await WebsiteAsync(db, account);
        var (twice, _) = await api.SendAsync(HttpMethod.Delete, "/beliefs/1", null);

        var example = trial.GetProperty("examples").EnumerateArray().Single(e => e.GetProperty("field").GetString() == "website");
        Assert.Equal((1, 1), (trial.GetProperty("looked").GetInt32(), trial.GetProperty("changed").GetInt32()));
        Assert.Equal("Menuiserie Vasseur", example.GetProperty("name").GetString());
        Assert.Equal((shown, after), (example.GetProperty("before").GetString(), example.GetProperty("after").GetString()));
        Assert.NotEqual(shown, after);
        Assert.Equal(segment, trial.GetProperty("segments").EnumerateArray().Single().GetProperty("id").GetGuid());
        Assert.Equal((0, HttpStatusCode.OK, 1), (untouched, set.StatusCode, version.GetProperty("version").GetInt32()));
        Assert.Equal((HttpStatusCode.Conflict, "beliefs.changed"), (late.StatusCode, stale.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.Conflict, "beliefs.same"), (same.StatusCode, already.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.OK, shown), (undone.StatusCode, back));
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Equal(["beliefs.set", "beliefs.undone"], await db.Audit.Where(a => a.Action.StartsWith("beliefs.")).OrderBy(a => a.At).Select(a => a.Action).ToListAsync());
    }

    [Fact]
    public async Task A_field_follows_another_rule_by_the_page_as_by_the_api_and_a_wrong_order_is_refused()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await api.SayAsync(("erp", "A1"), ByErp, ("crm", "B1"), ByCrm);
        await using var db = api.Open();
        var account = (await api.ClustersAsync())["A1"];
        using var steward = await SignedIn.ClientAsync(api.Hub);
        var order = (await api.GetAsync("/beliefs")).Body.GetProperty("inForce").GetProperty("sources").EnumerateArray().Select(s => s.GetString()!).ToList();
        var ranks = order.Select((s, i) => ($"rang[{s}]", $"{i + 1}"));

        var plain = await steward.ReadAsync("/doublons/priorites");
        var tried = await steward.ReadAsync($"/doublons/priorites?essai=true&{string.Join('&', ranks.Select(r => $"{Uri.EscapeDataString(r.Item1)}={r.Item2}"))}&compte[website]=MostRecent");
        var (_, trial) = await api.SendAsync(HttpMethod.Post, "/beliefs:try", new { sources = order, accounts = new { website = "mostRecent" } });
        var page = await steward.PostFragmentAsync(
            "/doublons/priorites", "/doublons/priorites", [.. ranks.Select(r => KeyValuePair.Create(r.Item1, r.Item2)), new("compte[website]", "MostRecent"), new("version", "0")]);
        await api.ResolveAsync();
        var recent = await WebsiteAsync(db, account);
        var (missing, refusal) = await api.SendAsync(HttpMethod.Put, "/beliefs", new { sources = order.Skip(1) });
        var (unknown, _) = await api.SendAsync(HttpMethod.Post, "/beliefs:try", new { sources = order, accounts = new { siren = "mostRecent" } });
        var versions = await steward.ReadAsync("/doublons/priorites");

        Assert.DoesNotContain("Ce qui changerait", plain, StringComparison.Ordinal);
        Assert.Contains("Ce qui changerait", tried, StringComparison.Ordinal);
        Assert.Equal(trial.GetProperty("changed").GetInt32() == 0, tried.Contains("Aucune valeur ne changerait", StringComparison.Ordinal));
        Assert.Contains(page.StatusCode, new[] { HttpStatusCode.Redirect, HttpStatusCode.OK });
        Assert.Contains("crm.vasseur", recent, StringComparison.Ordinal);
        Assert.Equal(["website"], (await db.Set<BeliefVersion>().SingleAsync()).After.Accounts.Keys);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "beliefs.sources"), (missing.StatusCode, refusal.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Contains("Version 1", versions, StringComparison.Ordinal);
    }

    private static async Task<string> WebsiteAsync(Rcu.Data.RcuDb db, Guid account) =>
        (await db.Accounts.AsNoTracking().Where(a => a.Id == account).Select(a => a.Website).SingleAsync())!;

    private static async Task<Guid> SegmentAsync(Rcu.Data.RcuDb db, Guid account)
    {
        var now = DateTimeOffset.UtcNow;
        var segment = new Segment { Name = "À relancer", Target = SegmentTarget.Accounts, Rule = new Condition.All([]), CreatedBy = "test", CreatedAt = now, UpdatedAt = now };
        db.AddRange(segment, new SegmentMember { SegmentId = segment.Id, MemberId = account, EnteredAt = now });
        await db.SaveChangesAsync();
        return segment.Id;
    }
}
