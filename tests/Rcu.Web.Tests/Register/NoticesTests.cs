using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;
using static Rcu.Web.Tests.Register.RegisterFiles;

namespace Rcu.Web.Tests.Register;

/// <summary>What the BODACC publishes of a company is told on its page, by the API, and to segments; what is taken back no longer counts.</summary>
public class NoticesTests
{
    private const string File = "annonces-commerciales.csv";
    private const string Header = "id;publicationavis;parution;dateparution;numeroannonce;typeavis;familleavis;tribunal;commercant;registre;jugement;parutionavisprecedent";
    private const string State = "select coalesce(string_agg(kind || ' ' || since || ' ' || notice_id, ', '), 'none') from proceedings";

    [Fact]
    public async Task A_judgement_is_told_where_people_and_programs_look()
    {
        await using var api = await ApiHub.StartAsync();
        var hub = api.Hub;
        var first = (await SampleCustomers.AddToAsync(hub.ConnectionString)).First;

        var loaded = await LoadAsync(hub.ConnectionString, (File, Lines(
            Notice("A1", "2026-03-01", first.Siren.Value, "Jugement d'ouverture d'une procédure de redressement judiciaire", "2026-02-20"),
            Notice("A2", "2026-06-12", first.Siren.Value, "Jugement de conversion en liquidation judiciaire de la procédure de redressement judiciaire", "2026-06-02"),
            Notice("A3", "2026-06-20", first.Siren.Value, "Dépôt de l'état des créances", "2026-06-18"))));

        Assert.Equal(3, Assert.Single(loaded.Value!).Rows);
        using var client = await SignedIn.ClientAsync(hub);
        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/comptes/{first.Account.Id}"));
        Assert.Contains("Liquidation judiciaire depuis le 2 juin 2026", page, StringComparison.Ordinal);
        Assert.Contains("BODACC, annonce A2", page, StringComparison.Ordinal);
        Assert.Contains("à voir avec la comptabilité", page, StringComparison.Ordinal);
        var account = (await api.GetAsync($"/accounts/{first.Account.Id}")).Body.GetProperty("proceeding");
        Assert.Equal(("liquidation", "2026-06-02"), (account.GetProperty("kind").GetString(), account.GetProperty("since").GetString()));
        await using var scope = hub.Services.CreateAsyncScope();
        var counted = await scope.ServiceProvider.GetRequiredService<SegmentCounts>().CountAsync(
            AccountScope.Hub, SegmentTarget.Accounts, new Condition.Compare("proceeding", Operator.OneOf, ["Liquidation", "Recovery"]), default);
        Assert.Equal(1, counted.Value!.Total);
    }

    [Theory]
    [InlineData("Jugement d'ouverture de liquidation judiciaire", "Liquidation")]
    [InlineData("Jugement d'ouverture d'une procédure de sauvegarde", "Safeguard")]
    [InlineData("Jugement arrêtant le plan de sauvegarde", "SafeguardPlan")]
    [InlineData("Jugement arrêtant le plan de redressement", "RecoveryPlan")]
    [InlineData("Jugement prononçant la résolution du plan de redressement et la liquidation judiciaire", "Liquidation")]
    [InlineData("Jugement de clôture pour insuffisance d'actif", "Ended")]
    [InlineData("Jugement mettant fin à la procédure de redressement judiciaire", "Ended")]
    [InlineData("Jugement modifiant le plan de redressement", "none")]
    [InlineData("Jugement arrêtant le plan de cession", "none")]
    public async Task A_judgement_is_read_from_its_words(string nature, string kind)
    {
        await using var database = await TestDatabase.CreateAsync();

        await LoadAsync(database.App, (File, Lines(Notice("A1", "2026-03-01", "552081317", nature, "2026-02-20"))));

        Assert.Equal(kind == "none" ? "none" : $"{kind} 2026-02-20 A1", await AskAsync(database.App, State));
    }

    [Fact]
    public async Task Files_add_to_each_other_and_a_notice_taken_back_no_longer_counts()
    {
        await using var database = await TestDatabase.CreateAsync();
        var opened = Notice("A20260033642", "2026-03-01", "552081317", "Jugement d'ouverture de liquidation judiciaire", "2026-02-20");
        await LoadAsync(database.App, (File, Lines(opened)));
        await LoadAsync(database.App, (File, Lines(opened, Notice("A5", "2026-03-02", "552032534", "Jugement d'ouverture d'une procédure de sauvegarde", "2026-02-21"))));
        Assert.Equal("2", await AskAsync(database.App, "select count(*) from register.notices"));

        await LoadAsync(database.App, (File, Lines(Notice("A6", "2026-03-09", "552081317", "", "", type: "annulation",
            before: "{\"nomPublication\":\"BODACC A\",\"numeroParution\":\"20260033\",\"numeroAnnonce\":642}"))));

        Assert.Equal("Safeguard 2026-02-21 A5", await AskAsync(database.App, State));
    }

    [Fact]
    public async Task Other_notices_and_those_without_a_number_are_counted_apart()
    {
        await using var database = await TestDatabase.CreateAsync();

        var loaded = await LoadAsync(database.App, (File, Lines(
            Notice("B1", "2026-03-01", "552081317", "", "", family: "radiation"),
            Notice("B2", "2026-03-01", "552081317", "", "", family: "modification"),
            Notice("A7", "2026-03-01", "", "Jugement d'ouverture de liquidation judiciaire", "2026-02-20"))));

        var file = Assert.Single(loaded.Value!);
        Assert.Equal((1, 1, 1), (file.Rows, file.SetAside["other_notice"], file.SetAside["unnumbered"]));
        Assert.Equal("StruckOff 2026-03-01 B1", await AskAsync(database.App, State));
    }

    private static string Lines(params string[] notices) => string.Join('\n', [Header, .. notices]);

    private static string Notice(
        string id, string published, string siren, string nature, string judged, string family = "collective", string type = "annonce", string before = "")
    {
        var judgement = nature.Length == 0 ? "" : JsonSerializer.Serialize(new { type = "initial", nature, date = judged, complementJugement = "Liquidateur ; Me \"X\"" });
        var register = siren.Length == 0 ? "" : $"{siren[..3]} {siren[3..6]} {siren[6..]},{siren}";
        return string.Join(';', id, id[..1], "2026", published, "1", type, family, "Tribunal de commerce de Lyon", "X", Quoted(register), Quoted(judgement), Quoted(before));
    }

    private static string Quoted(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
