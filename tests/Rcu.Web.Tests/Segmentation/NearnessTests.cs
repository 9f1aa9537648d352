using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Segmentation;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Register;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Segmentation;

/// <summary>« À moins de 12 km de 75008 »: who is near is told with the distance, and what nobody can locate is said, never silently empty.</summary>
public class NearnessTests
{
    private const string Headers = "code_commune_insee,nom_de_la_commune,code_postal,libelle_d_acheminement,ligne_5,_geopoint";
    private const string File = "laposte_hexasmal.csv";

    [Fact]
    public async Task A_radius_says_who_is_in_how_far_they_are_and_how_many_lie_nowhere_known()
    {
        await using var api = await ApiHub.StartAsync();
        await using var scope = api.Hub.Services.CreateAsyncScope();
        await HoledBase.FillAsync(scope.ServiceProvider.GetRequiredService<RcuDb>());

        var (counted, count) = await api.SendAsync(HttpMethod.Post, "/segments/count", new { target = "accounts", rule = Near("12", "75008") });
        var (_, made) = await api.SendAsync(HttpMethod.Post, "/segments", new { name = "Autour", target = "accounts", rule = Near("12", "75008") });
        using var client = await SignedIn.ClientAsync(api.Hub);
        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/segments/{made.GetProperty("id").GetString()}"));
        var suburb = await WhyAsync(client, made, "Société 01");
        var far = await WhyAsync(client, made, "Société 02");
        var nowhere = await WhyAsync(client, made, "Société 04");

        Assert.Equal(HttpStatusCode.OK, counted.StatusCode);
        Assert.Equal((10, 10), (count.GetProperty("total").GetInt32(), made.GetProperty("memberCount").GetInt32()));
        Assert.Equal(await UnplacedAsync(scope), count.GetProperty("unplaced").GetInt32());
        Assert.Contains("Code postal à moins de 12 km de 75008", page, StringComparison.Ordinal);
        Assert.Contains($"{count.GetProperty("unplaced").GetInt32()} comptes n’ont pas de lieu connu", page, StringComparison.Ordinal);
        Assert.Matches(@"\(92800\s*, à 5,9 km de 75008\)", suburb);
        Assert.Matches(@"\(57000\s*, à 2\d\d km de 75008\)", far);
        Assert.Matches(@"\(99999\s*, lieu inconnu\)", nowhere);
    }

    [Fact]
    public async Task What_cannot_be_measured_is_refused_at_its_place_in_the_rule()
    {
        await using var api = await ApiHub.StartAsync();

        foreach (var (kilometres, centre, code) in new[]
        {
            ("20", "75999", "segment.unknown_place"), ("20", "Paris", "segment.unknown_place"),
            ("0", "75008", "segment.bad_radius"), ("501", "75008", "segment.bad_radius"), ("1,5", "75008", "segment.bad_radius"),
        })
        {
            var rule = new { kind = "all", of = new[] { Near("12", "75008"), Near(kilometres, centre) } };
            var (counted, first) = await api.SendAsync(HttpMethod.Post, "/segments/count", new { target = "accounts", rule });
            var (saved, second) = await api.SendAsync(HttpMethod.Post, "/segments", new { name = "Autour", target = "accounts", rule });

            Assert.Equal((HttpStatusCode.BadRequest, code), (counted.StatusCode, first.GetProperty("code").GetString()));
            Assert.Equal((HttpStatusCode.BadRequest, code), (saved.StatusCode, second.GetProperty("code").GetString()));
            Assert.True(first.GetProperty("errors").TryGetProperty("/rule/of/1", out _));
        }
    }

    [Fact]
    public async Task What_la_poste_says_wins_and_places_are_known_that_were_not()
    {
        await using var api = await ApiHub.StartAsync();
        await using var scope = api.Hub.Services.CreateAsyncScope();
        await HoledBase.FillAsync(scope.ServiceProvider.GetRequiredService<RcuDb>());

        var loaded = await RegisterFiles.LoadAsync(api.Hub.ConnectionString, (File, string.Join('\n',
            Headers,
            "75999,NULLE PART,99999,NULLE PART,,\"48.8700,2.3100\"",
            "57463,METZ,57000,METZ,,\"48.8800,2.3200\"",
            "01001,SANS POINT,01400,SANS POINT,,",
            "01002,ILLISIBLE,01640,ILLISIBLE,,\"au nord\"")));
        var (_, count) = await api.SendAsync(HttpMethod.Post, "/segments/count", new { target = "accounts", rule = Near("12", "75008") });
        var (around, _) = await api.SendAsync(HttpMethod.Post, "/segments/count", new { target = "accounts", rule = Near("5", "99999") });

        var file = Assert.Single(loaded.Value!);
        Assert.Equal((2, 1, 1), (file.Rows, file.SetAside["no_point"], file.SetAside["place"]));
        Assert.True(count.GetProperty("total").GetInt32() > 20);
        Assert.Equal(HttpStatusCode.OK, around.StatusCode);
        Assert.Equal("48.88 laposte", await RegisterFiles.AskAsync(api.Hub.ConnectionString, "select latitude || ' ' || source from places where code = '57000' and not is_commune"));
        Assert.Equal("1", await RegisterFiles.AskAsync(api.Hub.ConnectionString, "select count(*) from segment_due where account_id = '00000000-0000-0000-0000-000000000000'"));
    }

    [Fact]
    public async Task A_file_of_postal_codes_without_points_is_named_with_what_it_lacks()
    {
        await using var database = await TestDatabase.CreateAsync();

        var refused = await RegisterFiles.LoadAsync(database.App, (File, "code_commune_insee,nom_de_la_commune,code_postal,libelle_d_acheminement,ligne_5\n57463,METZ,57000,METZ,\n"));

        Assert.Equal("register.missing_columns", refused.Error?.Code);
        Assert.Contains("_geopoint", refused.Error!.Values.Select(value => $"{value}"));
    }

    private static object Near(string kilometres, string centre) =>
        new { kind = "compare", field = "postal_code", @operator = "Within", values = new[] { kilometres, centre } };

    private static async Task<string> WhyAsync(HttpClient client, System.Text.Json.JsonElement segment, string name) =>
        WebUtility.HtmlDecode(await client.GetStringAsync($"/segments/{segment.GetProperty("id").GetString()}/membres?qui={Uri.EscapeDataString(name)}"));

    // Of those of the base with holes: the unknown, the foreign, the empty, and invented codes.
    private static async Task<int> UnplacedAsync(AsyncServiceScope scope)
    {
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        var places = await db.Set<Place>().AsNoTracking().ToListAsync();
        var known = places.Select(p => (p.IsCommune, p.Code)).ToHashSet();
        return (await db.Accounts.AsNoTracking().ToListAsync()).Count(a => !Lies(a.Address));

        bool Lies(Address address) => address is { PostalCode: { } code, Country: null or "FR" }
            && (known.Contains((false, code)) || known.Contains((true, address.CommuneCode ?? "")));
    }
}
