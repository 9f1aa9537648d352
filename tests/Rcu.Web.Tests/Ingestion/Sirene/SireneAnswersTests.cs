using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Register;
using Rcu.Web.Tests.Support;
using static Rcu.Web.Tests.Register.RegisterFiles;

namespace Rcu.Web.Tests.Ingestion.Sirene;

/// <summary>What the API answers besides units is told in French, nothing is lost of it, and the accounts hear of what changed.</summary>
public class SireneAnswersTests
{
    [Fact]
    public async Task A_day_without_any_change_is_no_failure()
    {
        await using var bench = await LoadedAsync();

        var run = await bench.ReadAsync();
        var follow = await bench.FollowedAsync();

        Assert.Equal((RunStatus.Succeeded, 0L), (run.Status, run.Done));
        Assert.Equal(3, bench.Insee.Api.Asked.Count);
        Assert.Null(follow.LastChangeAt);
        Assert.True(follow.NextRunAt > bench.Clock.GetUtcNow() && follow.NextRunAt <= bench.Clock.GetUtcNow().AddDays(1));
        Assert.Equal("L’API Sirene répond. Traités depuis vingt-quatre heures : unités légales : 0, établissements : 0, successions : 0.", (await bench.ActAsync(f => f.TestAsync(default))).Value);
    }

    [Fact]
    public async Task An_expired_key_is_told_in_french_and_asked_for_until_it_is_renewed()
    {
        await using var bench = await LoadedAsync("une-vieille-cle");
        bench.Insee.Unit(bench.In(-1), "732829320", "NOUVELLE");

        var tried = await bench.ActAsync(follow => follow.TestAsync(default));
        var run = await bench.ReadAsync();
        var again = await bench.ActAsync(follow => follow.ReadNowAsync("léa", default));
        await bench.FollowAsync();
        var renewed = await bench.ReadAsync();

        Assert.Contains("refuse la clé", $"{tried.Error!.Values[0]}", StringComparison.Ordinal);
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.StartsWith("L’Insee refuse la clé de l’API Sirene (401) : elle a expiré", run.Failure, StringComparison.Ordinal);
        Assert.Equal("connection.closed", again.Error?.Code);
        Assert.Equal((RunStatus.Succeeded, 1), (renewed.Status, renewed.Counters["inserted"]));
    }

    [Theory]
    [InlineData(429, "{}", ConnectionState.Degraded, "quota")]
    [InlineData(503, "<html>", ConnectionState.Degraded, "en panne (503)")]
    [InlineData(404, "<html>Not Found</html>", ConnectionState.Broken, "ne répond pas comme l’API Sirene")]
    [InlineData(400, """{"header":{"statut":400,"message":"Erreur de syntaxe"}}""", ConnectionState.Broken, "Erreur de syntaxe")]
    [InlineData(200, """{"header":{"statut":200}}""", ConnectionState.Broken, "unitesLegales")]
    [InlineData(200, """{"header":{"statut":200,"total":5000},"unitesLegales":[{"siren":"732829320"}]}""", ConnectionState.Broken, "curseurSuivant")]
    public async Task An_answer_that_is_none_changes_nothing_and_says_why(int status, string body, ConnectionState state, string told)
    {
        await using var bench = await LoadedAsync();
        bench.Insee.Api.Then(status, body, ("Retry-After", "90"));

        var run = await bench.ReadAsync();
        var follow = await bench.FollowedAsync();

        Assert.Equal((RunStatus.Failed, state), (run.Status, follow.State));
        Assert.Contains(told, run.Failure, StringComparison.Ordinal);
        Assert.Equal("0", await bench.AskAsync("select count(*) from register.touched"));
        Assert.True(state is not ConnectionState.Degraded || follow.PausedUntil - follow.LastRunAt >= TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task Files_loaded_since_are_followed_from_what_they_tell_and_without_files_nothing_is()
    {
        await using var bench = await SireneBench.CreateAsync();
        await bench.FollowAsync();
        var without = await bench.ReadAsync();
        var headers = Headers(Units);
        var place = Headers(Establishments);
        var day = DateTime.Parse(bench.In(-48), null);
        var files = new (string, string)[]
        {
            (Units, $"{headers}\n{Row(headers, ("siren", "063800031"), ("statutDiffusionUniteLegale", "O"), ("dateDernierTraitementUniteLegale", $"{day:s}"))}"),
            (Establishments, $"{place}\n{Row(place, ("siret", "06380003100013"), ("siren", "063800031"), ("statutDiffusionEtablissement", "O"))}"),
        };
        await LoadAsync(bench.Hub, files);
        bench.Insee.Unit($"{day.AddSeconds(-1):s}", "404833048", "DANS LES FICHIERS");
        bench.Insee.Unit($"{day:s}", "063800031", "KING");
        await bench.ActAsync(follow => follow.ResumeAsync("léa", default));

        var read = await bench.ReadAsync();
        await LoadAsync(bench.Hub, files); // an older state of the same unit
        var lost = await bench.AskAsync("select coalesce(name, '-') from register.legal_units");
        var again = await bench.ReadAsync();

        Assert.StartsWith("Chargez d’abord les fichiers mensuels", without.Failure, StringComparison.Ordinal);
        Assert.Equal((RunStatus.Succeeded, 1L), (read.Status, read.Done));
        Assert.Equal("-", lost);
        Assert.Equal((RunStatus.Succeeded, 1), (again.Status, again.Counters["updated"]));
        Assert.Equal("KING", await bench.AskAsync("select name from register.legal_units"));
    }

    [Fact]
    public async Task Closures_moves_and_successors_of_the_day_are_proposed_like_those_of_the_files()
    {
        await using var api = await ApiHub.StartAsync();
        await api.ImportCrmAsync();
        await LoadFixtureAsync(api.Hub.ConnectionString);
        await api.RunStagesAsync();
        await using var bench = await SireneBench.CreateAsync(api.Hub.ConnectionString);
        bench.Insee.Unit(bench.In(-3), "063800031", "SARL KING", state: "C", since: "2026-11-20");
        bench.Insee.Succession(bench.In(-3), "01943967800012", "01943967800020", "2026-11-18", headOfficeMoved: true);
        bench.Insee.Succession(bench.In(-3), "06380003100013", "55203253400646", "2026-11-19", headOfficeMoved: false);
        await bench.FollowAsync();

        await bench.ReadAsync();
        await api.RunStagesAsync();

        var (_, body) = await api.GetAsync("/register/proposals");
        var said = body.GetProperty("data").EnumerateArray().Select(p => $"{p.GetProperty("kind")}: {p.GetProperty("sentence")}").Order().ToList();
        Assert.Contains("ceased: « King » a cessé son activité le 20/11/2026 selon le répertoire Sirene.", said);
        Assert.Contains(said, sentence => sentence.StartsWith("moved:", StringComparison.Ordinal) && sentence.Contains("01943967800012 à 01943967800020", StringComparison.Ordinal));
        Assert.Contains(said, sentence => sentence.StartsWith("succeeded:", StringComparison.Ordinal) && sentence.Contains("55203253400646", StringComparison.Ordinal));
    }

    private static async Task<SireneBench> LoadedAsync(string key = SireneSimulator.Key)
    {
        var bench = await SireneBench.CreateAsync();
        Assert.True((await LoadFixtureAsync(bench.Hub)).Succeeded);
        await bench.FollowAsync(key);
        return bench;
    }
}
