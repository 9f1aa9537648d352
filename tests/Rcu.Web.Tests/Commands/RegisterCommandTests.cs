using Microsoft.Extensions.DependencyInjection;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Register;
using static Rcu.Web.Tests.Register.RegisterFiles;

namespace Rcu.Web.Tests.Commands;

public class RegisterCommandTests
{
    private const string Successions = "siretEtablissementPredecesseur,siretEtablissementSuccesseur,dateLienSuccession,transfertSiege,continuiteEconomique,dateDernierTraitementLienSuccession\n";

    private static readonly string Header = Headers(Units);

    [Fact]
    public async Task The_register_loaded_by_command_reaches_the_accounts_at_once_and_its_names_of_before_find_them()
    {
        await using var api = await ApiHub.StartAsync();
        await api.ImportCrmAsync();
        using var folder = new CommandLine();

        // The register names King otherwise than the CRM does, then otherwise again; and King took two companies over, one with its activity.
        var first = await LoadAsync(api, folder, Unit("063800031", "KING DISTRIBUTION"), Unit("552081317", "PAPETERIES DU LAC"), Unit("552032534", "FORGES DU NORD"));
        var enriched = await AskAsync(api.Hub.ConnectionString, "select string_agg(insee_state, '') from accounts where siren = '063800031'");
        var second = await LoadAsync(api, folder, Unit("063800031", "SARL KING"), Unit("552081317", "PAPETERIES DU LAC"), Unit("552032534", "FORGES DU NORD"));

        Assert.Equal((0, 0, "A"), (first, second, enriched));
        Assert.Equal("King|KING DISTRIBUTION||past", await FindAsync(api, "King distribution"));
        Assert.Equal("King||PAPETERIES DU LAC|taken_over", await FindAsync(api, "papeteries du lac SAS"));
        Assert.Equal("King||PAPETERIES DU LAC|taken_over", await FindAsync(api, "Papeteries"));
        Assert.Equal("", await FindAsync(api, "Forges du Nord"));
        Assert.Equal("0", await AskAsync(api.Hub.ConnectionString, "select count(*) from runs where stage = 'Pipeline' and status in ('Queued', 'Running')"));
    }

    private static Task<int> LoadAsync(ApiHub api, CommandLine folder, params string[] units) => Rcu.Web.Commands.Register.RunAsync(
    [
        folder.Write(Units, string.Join('\n', [Header, .. units]) + '\n'),
        folder.Write("LiensSuccession.csv", $"{Successions}55208131700013,06380003100013,2020-02-01,false,true,\n55203253400646,06380003100013,2021-02-01,false,false,\n"),
        $"--ConnectionStrings:Rcu={api.Hub.ConnectionString}",
    ]);

    private static string Unit(string siren, string name) =>
        Row(Header, ("siren", siren), ("statutDiffusionUniteLegale", "O"), ("denominationUniteLegale", name), ("etatAdministratifUniteLegale", "A"));

    private static async Task<string> FindAsync(ApiHub api, string typed)
    {
        var found = await api.InAsync(services => services.GetRequiredService<Search>().FindAsync(new AccountScope("test"), SearchRights.All, typed, 5, default));
        return string.Join(';', found.Accounts.Where(hit => hit.By is "past" or "taken_over" or "name").Select(hit => $"{hit.Name}|{hit.FormerName}|{hit.TookOver}|{hit.By}"));
    }
}
