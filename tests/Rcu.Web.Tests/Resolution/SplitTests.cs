using System.Net;
using Microsoft.EntityFrameworkCore;
using Rcu.Web.Tests.Api;

namespace Rcu.Web.Tests.Resolution;

/// <summary>Records whose reasons to be one are gone stay together until a person has said; what is forbidden parts at once.</summary>
public class SplitTests
{
    private static readonly object Vasseur = new { name = "Menuiserie Vasseur", siret = "73282932000074", postalCode = "57000", city = "Metz", phone = "0387000001" };
    private static readonly object Peltier = new { name = "Transports Peltier", postalCode = "69003", city = "Lyon", phone = "0478000002" };
    private static readonly object OtherUnit = new { name = "Transports Peltier", siret = "55210055400013", postalCode = "69003", city = "Lyon", phone = "0478000002" };

    [Fact]
    public async Task A_golden_row_whose_evidence_disappears_stays_whole_until_a_person_parts_it()
    {
        await using var api = await JoinedAsync();
        await api.SayAsync(("erp", "B1"), Peltier, ("crm", "B2"), Peltier);

        var held = await api.ClustersAsync();
        var (_, splits) = await api.GetAsync("/matches/splits");
        var split = Assert.Single(splits.GetProperty("data").EnumerateArray());
        var (judged, _) = await api.SendAsync(
            HttpMethod.Put, $"/matches/splits/{split.GetProperty("id").GetString()}/judgement", new { judgement = "different" });
        var (again, problem) = await api.SendAsync(
            HttpMethod.Put, $"/matches/splits/{split.GetProperty("id").GetString()}/judgement", new { judgement = "same" });
        await api.ResolveAsync();
        var parted = await api.ClustersAsync();

        Assert.Single(held.Values.Distinct());
        Assert.Equal(2, split.GetProperty("leaving").GetArrayLength());
        Assert.False(string.IsNullOrWhiteSpace(split.GetProperty("reason").GetString()));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (judged.StatusCode, again.StatusCode));
        Assert.Equal("match.already_judged", problem.GetProperty("code").GetString());
        Assert.Equal(held["A1"], parted["A1"]);
        Assert.Equal((parted["A1"], parted["B1"]), (parted["A2"], parted["B2"]));
        Assert.NotEqual(parted["A1"], parted["B1"]);
    }

    [Fact]
    public async Task What_a_person_keeps_together_is_never_asked_again()
    {
        await using var api = await JoinedAsync();
        await api.SayAsync(("erp", "B1"), Peltier, ("crm", "B2"), Peltier);
        var (_, splits) = await api.GetAsync("/matches/splits");

        await api.SendAsync(
            HttpMethod.Put, $"/matches/splits/{splits.GetProperty("data")[0].GetProperty("id").GetString()}/judgement", new { judgement = "same" });
        await api.ResolveAsync();
        var (_, none) = await api.GetAsync("/matches/splits");

        Assert.Single((await api.ClustersAsync()).Values.Distinct());
        Assert.Equal(0, none.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Two_sirens_and_a_single_record_part_at_once()
    {
        await using var units = await JoinedAsync();
        await units.SayAsync(("erp", "B1"), OtherUnit, ("crm", "B2"), OtherUnit);
        await using var single = await JoinedAsync();
        await single.SayAsync(("erp", "B1"), Peltier);

        Assert.Equal(2, (await units.ClustersAsync()).Values.Distinct().Count());
        var alone = await single.ClustersAsync();
        Assert.Equal(2, alone.Values.Distinct().Count());
        Assert.Equal(alone["A1"], alone["B2"]);
        Assert.Equal(0, (await single.GetAsync("/matches/splits")).Body.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task What_the_hub_joins_is_drawn_to_be_checked_and_gives_its_precision()
    {
        await using var api = await JoinedAsync();
        await using var db = api.Open();
        var drawn = await db.Matches.Where(m => m.Band == Rcu.Matching.Band.Automatic && m.ClosedAt == null).Select(m => m.Id).ToListAsync();
        var (_, before) = await api.GetAsync("/matches/quality");
        foreach (var pair in drawn)
        {
            await api.SendAsync(HttpMethod.Put, $"/matches/{pair}/judgement", new { judgement = "same" });
        }

        var (_, after) = await api.GetAsync("/matches/quality");
        var (_, queue) = await api.GetAsync("/matches");

        Assert.NotEmpty(drawn);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, before.GetProperty("precision").ValueKind);
        Assert.Equal(1, after.GetProperty("precision").GetProperty("value").GetDouble());
        Assert.InRange(after.GetProperty("precision").GetProperty("low").GetDouble(), .1, .9);
        Assert.Equal(drawn.Count, after.GetProperty("automatic").GetProperty("judged").GetInt32());
        Assert.DoesNotContain(queue.GetProperty("data").EnumerateArray(), row => drawn.Contains(row.GetProperty("id").GetGuid()));
    }

    // Four records of two systems that are one company.
    private static async Task<ApiHub> JoinedAsync()
    {
        var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await api.SayAsync(("erp", "A1"), Vasseur, ("crm", "A2"), Vasseur, ("erp", "B1"), Vasseur, ("crm", "B2"), Vasseur);
        Assert.Single((await api.ClustersAsync()).Values.Distinct());
        return api;
    }
}
