using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Web.Tests.Api;
using static Rcu.Web.Tests.Register.RegisterFiles;

namespace Rcu.Web.Tests.Register;

public class EnrichmentTests
{
    private const string Successions = "siretEtablissementPredecesseur,siretEtablissementSuccesseur,dateLienSuccession,transfertSiege,continuiteEconomique,dateDernierTraitementLienSuccession\n";

    [Fact]
    public async Task The_register_enriches_the_accounts_that_bear_its_numbers_and_again_changes_nothing()
    {
        await using var api = await ApiHub.StartAsync();
        await api.ImportCrmAsync();
        var before = await AccountsAsync(api);
        await LoadFixtureAsync(api.Hub.ConnectionString);

        await api.RunStagesAsync();
        var after = await AccountsAsync(api);
        await LoadFixtureAsync(api.Hub.ConnectionString);
        await api.RunStagesAsync();
        var again = await AccountsAsync(api);

        Assert.Equal(before.Select(a => a.Id).Order(), after.Select(a => a.Id).Order());
        var enriched = after.Where(a => a.Sources.Contains(Source.Sirene)).ToList();
        Assert.True(enriched.Count >= 40, $"{enriched.Count} of {after.Count}");
        Assert.All(enriched, account => Assert.Equal("O", account.Diffusion));

        // Where several records of the CRM disagree, the register is one more voice; where one speaks, it keeps the word.
        foreach (var (was, account) in before.Where(a => a.RecordCount == 1).Join(after, a => a.Id, a => a.Id, (was, account) => (was, account)))
        {
            Assert.Equal((was.Name, was.Siren, was.Naf ?? account.Naf), (account.Name, account.Siren, account.Naf));
            Assert.Equal(was.Address.Street ?? account.Address.Street, account.Address.Street);
        }

        Assert.True(after.Count(a => a.Naf is not null) > before.Count(a => a.Naf is not null));
        Assert.Equal(after.Select(a => (a.Id, a.Version)).Order(), again.Select(a => (a.Id, a.Version)).Order());
        Assert.Equal("1", await AskAsync(api.Hub.ConnectionString, "select count(*) from runs where stage = 'Sirene'"));
    }

    [Fact]
    public async Task A_partial_diffusion_marks_the_account_and_gives_nothing_else()
    {
        await using var api = await ApiHub.StartAsync();
        await api.ImportCrmAsync();
        var headers = Headers(Units);
        await LoadAsync(
            api.Hub.ConnectionString,
            (Units, string.Join('\n', headers,
                Row(headers, ("siren", "063800031"), ("statutDiffusionUniteLegale", "P"), ("denominationUniteLegale", "[ND]"), ("etatAdministratifUniteLegale", "A")))));

        await api.RunStagesAsync();

        var king = (await AccountsAsync(api)).Single(a => a.Siren?.Value == "063800031");
        Assert.Equal(("P", "A", "King"), (king.Diffusion, king.InseeState, king.Name));
        Assert.DoesNotContain(king.Origins.Values, origin => origin.Value?.Contains("ND", StringComparison.Ordinal) is true && origin.Source is Source.Sirene);
    }

    [Fact]
    public async Task A_unit_whose_account_is_gone_leaves_no_account_behind()
    {
        await using var api = await ApiHub.StartAsync();
        await api.ImportCrmAsync();
        await LoadFixtureAsync(api.Hub.ConnectionString);
        await api.RunStagesAsync();

        await using (var db = Open(api))
        {
            await db.Records.Where(r => r.Kind == RecordKind.Account && EF.Functions.JsonContains(r.Fields, """{"siren": "063800031"}""")
                && !db.Sources.Any(s => s.Id == r.SourceId && s.Name == Source.Sirene)).ExecuteUpdateAsync(set => set.SetProperty(r => r.RemovedAt, DateTimeOffset.UtcNow));
        }

        await api.RunStagesAsync();

        Assert.DoesNotContain(await AccountsAsync(api), account => account.Siren?.Value == "063800031");
    }

    [Fact]
    public async Task What_happened_to_accounts_is_proposed_in_a_sentence_and_closed_when_it_is_true_no_more()
    {
        await using var api = await ApiHub.StartAsync();
        await api.ImportCrmAsync();
        var headers = Headers(Units);
        var ceased = Row(
            headers, ("siren", "063800031"), ("statutDiffusionUniteLegale", "O"), ("denominationUniteLegale", "SARL KING"),
            ("etatAdministratifUniteLegale", "C"), ("dateDebut", "2026-03-31"));
        await LoadAsync(
            api.Hub.ConnectionString,
            (Units, $"{headers}\n{ceased}\n"),
            ("LiensSuccession.csv", $"{Successions}01943967800012,01943967800020,2026-02-01,true,true,\n06380003100013,55203253400646,2026-04-01,false,true,\n"));

        await api.RunStagesAsync();
        await api.RunStagesAsync();

        var (_, body) = await api.GetAsync("/register/proposals");
        var said = body.GetProperty("data").EnumerateArray().ToDictionary(p => p.GetProperty("kind").GetString()!, p => p.GetProperty("sentence").GetString()!);
        Assert.Equal(["ceased", "moved", "succeeded"], said.Keys.Order());
        Assert.Equal("« King » a cessé son activité le 31/03/2026 selon le répertoire Sirene.", said["ceased"]);
        Assert.Contains("01943967800012 à 01943967800020", said["moved"], StringComparison.Ordinal);
        Assert.Contains("55203253400646", said["succeeded"], StringComparison.Ordinal);

        await LoadAsync(api.Hub.ConnectionString, (Units, $"{headers}\n{ceased.Replace(",C,", ",A,", StringComparison.Ordinal)}\n"));
        await api.RunStagesAsync();
        Assert.DoesNotContain("ceased", (await api.GetAsync("/register/proposals")).Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_without_a_number_answers_with_those_it_may_be()
    {
        await using var api = await ApiHub.StartAsync();
        await api.ImportCrmAsync();
        await LoadFixtureAsync(api.Hub.ConnectionString);
        var capricorne = (await AccountsAsync(api)).Single(a => a.Name == "Le Capricorne");

        var (_, body) = await api.GetAsync($"/accounts/{capricorne.Id}/register");

        Assert.Null(capricorne.Siren);
        var best = body.GetProperty("candidates").EnumerateArray().First();
        Assert.Contains("CAPRICORNE", best.GetProperty("unit").GetProperty("name").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.InRange(best.GetProperty("score").GetInt32(), 50, 100);
    }

    private static async Task<List<Account>> AccountsAsync(ApiHub api)
    {
        await using var db = Open(api);
        return await db.Accounts.AsNoTracking().ToListAsync();
    }

    private static RcuDb Open(ApiHub api) => Support.SampleCustomers.Open(api.Hub.ConnectionString);
}
