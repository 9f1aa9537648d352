using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using static Rcu.Web.Tests.Register.RegisterFiles;

namespace Rcu.Web.Tests.Ingestion.Sirene;

/// <summary>What Insee treated since the last reading comes into the register, page by page, as often as Insee allows. Against the simulator.</summary>
public class SireneJobTests
{
    private const string King = "063800031";

    [Fact]
    public async Task What_was_treated_since_the_files_is_brought_in_and_a_second_reading_changes_nothing()
    {
        await using var bench = await LoadedAsync();
        bench.Insee.Unit(bench.In(-3), King, "KING ET FILS", naf: null);
        bench.Insee.Unit(bench.In(-2), "732829320", "NOUVELLE SARL");
        bench.Insee.Unit(bench.In(-2000), "404833048", "TRAITÉE AVANT LES FICHIERS");
        bench.Insee.Establishment(bench.In(-2), "73282932000074", "PARIS 2");
        bench.Insee.Succession(bench.In(-1), "06380003100013", "06380003100021", "2026-11-01", headOfficeMoved: true);
        await bench.FollowAsync();
        var before = long.Parse(await bench.AskAsync("select count(*) from register.legal_units"), null);

        var first = await bench.ReadAsync();
        bench.Clock.Advance(TimeSpan.FromHours(1));
        var second = await bench.ReadAsync();

        Assert.Equal((RunStatus.Succeeded, 4, 3, 1, 0), (first.Status, first.Done, first.Counters["inserted"], first.Counters["updated"], first.Counters["rejected"]));
        Assert.Equal((RunStatus.Succeeded, 4, 0, 0), (second.Status, second.Counters["unchanged"], second.Counters["inserted"], second.Counters["updated"]));
        Assert.Equal("KING ET FILS|KING ET FILS|", await bench.AskAsync($"select name || '|' || name_key || '|' || coalesce(naf, '') from register.legal_units where siren = '{King}'"));
        Assert.Equal($"{before + 1}", await bench.AskAsync("select count(*) from register.legal_units"));
        Assert.Equal("12 RUE DE LA PAIX 75002 PARIS 2 t", await bench.AskAsync("select concat_ws(' ', street, postal_code, city, is_head_office) from register.establishments where siret = '73282932000074'"));
        Assert.Equal("1", await bench.AskAsync("select count(*) from register.successions where head_office_moved and continued"));
        Assert.Equal("063800031 732829320", await bench.AskAsync("select string_agg(siren, ' ' order by siren) from register.touched"));
        Assert.Equal(2, bench.Enqueued.Distinct().Count() - 1); // two readings, and one update of the accounts
    }

    [Fact]
    public async Task Thirty_calls_a_minute_are_never_passed_and_every_page_is_read()
    {
        await using var bench = await LoadedAsync();
        for (var i = 0; i < 70; i++)
        {
            bench.Insee.Unit(bench.In(-2), $"9{i:00000000}", $"SOCIÉTÉ {i}");
        }

        await bench.FollowAsync(pageSize: 1);
        var run = await bench.ReadAsync();

        Assert.Equal((RunStatus.Succeeded, 70, 0), (run.Status, run.Counters["inserted"], bench.Insee.Refused));
        Assert.True(bench.Clock.Waited >= TimeSpan.FromMinutes(2), $"{bench.Clock.Waited}");
    }

    [Fact]
    public async Task A_quota_that_is_passed_all_the_same_waits_as_long_as_it_is_told_and_goes_on_from_there()
    {
        await using var bench = await LoadedAsync();
        for (var i = 0; i < 40; i++)
        {
            bench.Insee.Unit(bench.In(-2), $"9{i:00000000}", $"SOCIÉTÉ {i}");
        }

        await bench.FollowAsync(perMinute: 600, pageSize: 1);
        var cut = await bench.ReadAsync();
        var waiting = await bench.FollowedAsync();
        bench.Clock.Advance(waiting.PausedUntil!.Value - bench.Clock.GetUtcNow() + TimeSpan.FromSeconds(1));
        var woken = await bench.ActAsync(follow => follow.WakeAsync(default));
        var rest = await bench.ReadAsync();

        Assert.Equal((RunStatus.Failed, 30), (cut.Status, cut.Counters["inserted"]));
        Assert.Contains("quota", cut.Failure, StringComparison.Ordinal);
        Assert.Equal(ConnectionState.Degraded, waiting.State);
        Assert.True(waiting.PausedUntil - waiting.LastRunAt >= TimeSpan.FromSeconds(60));
        Assert.True(woken);
        Assert.Equal((RunStatus.Succeeded, 10), (rest.Status, rest.Counters["inserted"]));
        Assert.Equal(1, bench.Insee.Refused);
    }

    [Fact]
    public async Task Cut_in_the_middle_it_goes_on_and_neither_misses_nor_doubles()
    {
        await using var bench = await LoadedAsync();
        for (var i = 0; i < 9; i++)
        {
            bench.Insee.Unit(bench.In(-2), $"9{i:00000000}", $"SOCIÉTÉ {i}");
        }

        await bench.FollowAsync(pageSize: 2);
        await Assert.ThrowsAnyAsync<Exception>(() => bench.ReadAsync(new CutConnection("second page")));
        var afterCut = await bench.AskAsync("select count(*) from register.legal_units where siren like '9%0_'");
        var run = await bench.ReadAsync();

        Assert.Equal("2", afterCut);
        Assert.Equal((RunStatus.Succeeded, 9), (run.Status, run.Counters["inserted"]));
    }

    [Fact]
    public async Task What_an_answer_does_not_say_stays_and_a_unit_without_a_state_is_set_aside()
    {
        await using var bench = await LoadedAsync();
        bench.Insee.Unit(bench.In(-40), King, "KING", naf: "56.10A");
        bench.Insee.Establishment(bench.In(-40), "06380003100013", "NICE");
        await bench.FollowAsync();
        await bench.ReadAsync();
        bench.Clock.Advance(TimeSpan.FromDays(2));

        var later = bench.Insee.Unit(bench.In(-1), King, "KING SARL", naf: null);
        var period = later["periodesUniteLegale"]![0]!.AsObject();
        period.Remove("activitePrincipaleUniteLegale");
        period.Remove("nomenclatureActivitePrincipaleUniteLegale");
        later.Remove("trancheEffectifsUniteLegale");
        bench.Insee.Establishment(bench.In(-1), "06380003100013", "CANNES", headOffice: false).Remove("etablissementSiege");
        bench.Insee.Unit(bench.In(-1), "732829320", "SANS ÉTAT").Remove("periodesUniteLegale");
        var run = await bench.ReadAsync();

        Assert.Equal((RunStatus.Succeeded, 2, 1), (run.Status, run.Counters["updated"], run.Counters["rejected"]));
        Assert.Equal("KING SARL 56.10A NAFRev2 12", await bench.AskAsync($"select concat_ws(' ', name, naf, naf_edition, headcount_band) from register.legal_units where siren = '{King}'"));
        Assert.Equal("CANNES t", await bench.AskAsync("select concat_ws(' ', city, is_head_office) from register.establishments where siret = '06380003100013'"));
        Assert.Equal("0", await bench.AskAsync("select count(*) from register.legal_units where siren = '732829320'"));
        Assert.Equal("732829320 register.bad.shape", await bench.AskAsync($"select value || ' ' || code from rejects where run_id = '{run.Id}'"));
    }

    [Fact]
    public async Task A_partial_diffusion_hides_the_very_same_as_in_the_monthly_files()
    {
        await using var bench = await LoadedAsync();
        var (units, places) = (Headers(Units), Headers(Establishments));
        bench.Insee.Unit(bench.In(-2), King, "[ND]", diffusion: "P", naf: "56.10A");
        bench.Insee.Establishment(bench.In(-2), "06380003100013", "NICE", diffusion: "P", street: "[ND]")["adresseEtablissement"]!["numeroVoieEtablissement"] = "[ND]";
        const string State = "select concat_ws('|', (select u::text from register.legal_units u where siren = '063800031'), (select e::text from register.establishments e where siret = '06380003100013'))";
        await bench.FollowAsync();

        await bench.ReadAsync();
        var followed = await bench.AskAsync(State);
        await LoadAsync(
            bench.Hub,
            (Units, $"{units}\n" + Row(units, ("siren", King), ("statutDiffusionUniteLegale", "P"), ("dateCreationUniteLegale", "2001-05-02"), ("trancheEffectifsUniteLegale", "12"),
                ("anneeEffectifsUniteLegale", "2024"), ("categorieEntreprise", "PME"), ("dateDebut", "2020-01-01"), ("etatAdministratifUniteLegale", "A"), ("denominationUniteLegale", "[ND]"),
                ("categorieJuridiqueUniteLegale", "5499"), ("activitePrincipaleUniteLegale", "56.10A"), ("nomenclatureActivitePrincipaleUniteLegale", "NAFRev2"), ("nicSiegeUniteLegale", "00013"))),
            (Establishments, $"{places}\n" + Row(places, ("siret", "06380003100013"), ("siren", King), ("statutDiffusionEtablissement", "P"), ("dateCreationEtablissement", "2001-05-02"),
                ("trancheEffectifsEtablissement", "12"), ("etablissementSiege", "true"), ("numeroVoieEtablissement", "[ND]"), ("typeVoieEtablissement", "RUE"), ("libelleVoieEtablissement", "[ND]"),
                ("codePostalEtablissement", "75002"), ("libelleCommuneEtablissement", "NICE"), ("codeCommuneEtablissement", "75102"), ("dateDebut", "2020-01-01"),
                ("etatAdministratifEtablissement", "A"), ("activitePrincipaleEtablissement", "62.02A"), ("nomenclatureActivitePrincipaleEtablissement", "NAFRev2"))));

        Assert.Contains("P", followed, StringComparison.Ordinal);
        Assert.DoesNotContain("ND", followed, StringComparison.Ordinal);
        Assert.Equal(await bench.AskAsync(State), followed);
    }

    private static async Task<SireneBench> LoadedAsync()
    {
        var bench = await SireneBench.CreateAsync();
        var loaded = await LoadFixtureAsync(bench.Hub);
        Assert.True(loaded.Succeeded, loaded.Error?.Message);
        return bench;
    }
}
