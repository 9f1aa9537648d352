using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;
using static Rcu.Web.Tests.Register.RegisterFiles;

namespace Rcu.Web.Tests.Register;

/// <summary>What a steward answers to the register: which unit an account is, what to do with what happened to it.</summary>
public class RegisterDeskTests
{
    private const string Successions = "siretEtablissementPredecesseur,siretEtablissementSuccesseur,dateLienSuccession,transfertSiege,continuiteEconomique,dateDernierTraitementLienSuccession\n";

    [Fact]
    public async Task Accepting_a_unit_writes_its_number_as_typed_evidence_and_the_register_enriches_the_account()
    {
        await using var api = await LoadedAsync();
        var (account, siret) = await CapricorneAsync(api);

        var (answer, judgement) = await api.SendAsync(HttpMethod.Put, $"/register/accounts/{account}/judgement", new { verdict = "accepted", siret });
        var (_, queue) = await api.GetAsync("/register/accounts");
        await api.RunStagesAsync();
        var accepted = await AccountAsync(api, account);
        await api.SendAsync(HttpMethod.Delete, $"/register/judgements/{judgement.GetProperty("id").GetString()}", null);
        await api.RunStagesAsync();
        var undone = await AccountAsync(api, account);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain($"{account}", queue.ToString(), StringComparison.Ordinal);
        Assert.Equal(siret[..9], accepted.Siren?.Value);
        Assert.Equal("saisie", accepted.Origins["siren"].Source);
        Assert.Contains("sirene", accepted.Sources);
        Assert.NotNull(accepted.Naf);
        Assert.Equal((null, false), (undone.Siren, undone.Sources.Contains("sirene")));
        Assert.Contains($"{account}", (await api.GetAsync("/register/accounts")).Body.ToString(), StringComparison.Ordinal);
        Assert.Equal("1", await AskAsync(api.Hub.ConnectionString, "select count(*) from audit where action = 'register.accepted'"));
    }

    [Fact]
    public async Task A_refusal_is_remembered_by_the_next_searches_until_it_is_taken_back()
    {
        await using var api = await LoadedAsync();
        var (account, siret) = await CapricorneAsync(api);

        var (_, judgement) = await api.SendAsync(HttpMethod.Put, $"/register/accounts/{account}/judgement", new { verdict = "refused", siret });
        await LoadFixtureAsync(api.Hub.ConnectionString);
        await api.RunStagesAsync();
        var (_, after) = await api.GetAsync("/register/accounts?limit=100");
        var again = await api.SendAsync(HttpMethod.Put, $"/register/accounts/{account}/judgement", new { verdict = "accepted", siret });
        await api.SendAsync(HttpMethod.Delete, $"/register/judgements/{judgement.GetProperty("id").GetString()}", null);

        Assert.DoesNotContain(siret, after.ToString(), StringComparison.Ordinal);
        Assert.True(again.Answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound, $"{again.Answer.StatusCode}");
        Assert.Contains(siret, (await api.GetAsync("/register/accounts?limit=100")).Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_are_accepted_at_once_and_taken_back_at_once()
    {
        await using var api = await LoadedAsync();

        var (_, accepted) = await api.SendAsync(HttpMethod.Post, "/register/accounts:accept", new { score = 80 });
        var judgements = accepted.GetProperty("judgements").EnumerateArray().ToList();
        await api.RunStagesAsync();
        var named = await AccountsAsync(api);
        await api.SendAsync(HttpMethod.Delete, $"/register/judgements/{judgements[0].GetProperty("id").GetString()}", null);
        await api.RunStagesAsync();
        var undone = await AccountsAsync(api);

        Assert.True(judgements.Count >= 2, $"{judgements.Count}");
        Assert.All(judgements, one => Assert.NotNull(named.Single(a => a.Id == one.GetProperty("accountId").GetGuid()).Siren));
        Assert.All(judgements, one => Assert.Null(undone.Single(a => a.Id == one.GetProperty("accountId").GetGuid()).Siren));
        var (low, _) = await api.SendAsync(HttpMethod.Post, "/register/accounts:accept", new { score = 40 });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, low.StatusCode);
    }

    [Fact]
    public async Task A_unit_that_asked_not_to_be_shown_since_is_not_accepted()
    {
        await using var api = await LoadedAsync();
        var (account, siret) = await CapricorneAsync(api);
        var headers = Headers(Units);
        await LoadAsync(api.Hub.ConnectionString, (Units, $"{headers}\n{Row(headers, ("siren", siret[..9]), ("statutDiffusionUniteLegale", "P"), ("denominationUniteLegale", "[ND]"))}\n"));

        var (answer, body) = await api.SendAsync(HttpMethod.Put, $"/register/accounts/{account}/judgement", new { verdict = "accepted", siret });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("desk.partial", body.GetProperty("code").GetString());
        Assert.Equal("0", await AskAsync(api.Hub.ConnectionString, "select count(*) from register_judgements"));
    }

    [Fact]
    public async Task A_closure_a_move_and_a_change_of_activity_are_accepted_into_the_account_and_taken_back()
    {
        await using var api = await ApiHub.StartAsync();
        await api.ImportCrmAsync();
        var (units, places) = (Headers(Units), Headers(Establishments));
        await LoadAsync(
            api.Hub.ConnectionString,
            (Units, string.Join('\n', units,
                Row(units, ("siren", "063800031"), ("statutDiffusionUniteLegale", "O"), ("denominationUniteLegale", "SARL KING"), ("etatAdministratifUniteLegale", "C"), ("dateDebut", "2026-03-31")),
                Row(units, ("siren", "019439678"), ("statutDiffusionUniteLegale", "O"), ("denominationUniteLegale", "HAUTS"), ("etatAdministratifUniteLegale", "A"), ("activitePrincipaleUniteLegale", "01.11Z"), ("nomenclatureActivitePrincipaleUniteLegale", "NAFRev2")))),
            (Establishments, string.Join('\n', places,
                Row(places, ("siret", "01943967800020"), ("siren", "019439678"), ("statutDiffusionEtablissement", "O"), ("etatAdministratifEtablissement", "A"), ("numeroVoieEtablissement", "7"), ("typeVoieEtablissement", "RUE"), ("libelleVoieEtablissement", "NEUVE"), ("codePostalEtablissement", "57050"), ("libelleCommuneEtablissement", "METZ")))),
            ("LiensSuccession.csv", $"{Successions}01943967800012,01943967800020,2026-02-01,true,true,\n"));
        await api.RunStagesAsync();
        var (_, listed) = await api.GetAsync("/register/proposals");
        var proposals = listed.GetProperty("data").EnumerateArray().ToDictionary(p => p.GetProperty("kind").GetString()!, p => p.GetProperty("id").GetString()!);
        var hauts = (await AccountsAsync(api)).Single(a => a.Siren?.Value == "019439678");

        var (_, effect) = await api.GetAsync($"/register/proposals/{proposals["moved"]}");
        var ceased = await api.SendAsync(HttpMethod.Put, $"/register/proposals/{proposals["ceased"]}/judgement", new { verdict = "accepted" });
        var moved = await api.SendAsync(HttpMethod.Put, $"/register/proposals/{proposals["moved"]}/judgement", new { verdict = "accepted" });
        var twice = await api.SendAsync(HttpMethod.Put, $"/register/proposals/{proposals["moved"]}/judgement", new { verdict = "accepted" });
        await api.RunStagesAsync();
        var after = await AccountsAsync(api);

        Assert.Equal("57050", effect.GetProperty("effect").GetProperty("changes").GetProperty("postal_code").GetString());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound), (ceased.Answer.StatusCode, moved.Answer.StatusCode, twice.Answer.StatusCode));
        Assert.Equal(("C", new DateOnly(2026, 3, 31), "saisie"), (after.Single(a => a.Siren?.Value == "063800031").InseeState, after.Single(a => a.Siren?.Value == "063800031").ClosedOn, after.Single(a => a.Siren?.Value == "063800031").Origins["closed_on"].Source));
        Assert.Equal(("57050", "saisie"), (after.Single(a => a.Id == hauts.Id).Address.PostalCode, after.Single(a => a.Id == hauts.Id).Origins["street"].Source));
        Assert.DoesNotContain("ceased", (await api.GetAsync("/register/proposals")).Body.ToString(), StringComparison.Ordinal);

        await api.SendAsync(HttpMethod.Delete, $"/register/judgements/{moved.Body.GetProperty("id").GetString()}", null);
        await api.RunStagesAsync();
        Assert.Equal(hauts.Address, (await AccountAsync(api, hauts.Id)).Address);
        Assert.Contains(proposals["moved"], (await api.GetAsync("/register/proposals")).Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_may_only_read_answers_nothing()
    {
        await using var api = await LoadedAsync();
        var (account, siret) = await CapricorneAsync(api);
        api.Client.Dispose();
        using var reader = await api.ClientAsync("matches:read");

        using var body = new StringContent(JsonSerializer.Serialize(new { verdict = "accepted", siret }), System.Text.Encoding.UTF8, "application/json");
        var answer = await reader.PutAsync(new Uri($"/api/v1/register/accounts/{account}/judgement", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static async Task<ApiHub> LoadedAsync()
    {
        var api = await ApiHub.StartAsync();
        await api.ImportCrmAsync();
        await LoadFixtureAsync(api.Hub.ConnectionString);
        await api.RunStagesAsync();
        return api;
    }

    private static async Task<(Guid Account, string Siret)> CapricorneAsync(ApiHub api)
    {
        var (_, body) = await api.GetAsync("/register/accounts?limit=100");
        var row = body.GetProperty("data").EnumerateArray().Single(row => row.GetProperty("name").GetString() == "Le Capricorne");
        return (row.GetProperty("accountId").GetGuid(), row.GetProperty("candidates")[0].GetProperty("siret").GetString()!);
    }

    private static async Task<Account> AccountAsync(ApiHub api, Guid id) => (await AccountsAsync(api)).Single(a => a.Id == id);

    private static async Task<List<Account>> AccountsAsync(ApiHub api)
    {
        await using var db = SampleCustomers.Open(api.Hub.ConnectionString);
        return await db.Accounts.AsNoTracking().ToListAsync();
    }
}
