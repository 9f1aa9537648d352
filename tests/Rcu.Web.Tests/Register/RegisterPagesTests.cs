using System.Net;
using System.Text.RegularExpressions;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Register;

public partial class RegisterPagesTests
{
    [Fact]
    public async Task A_steward_goes_through_the_accounts_that_bear_no_siren_and_takes_an_answer_back()
    {
        await using var api = await ApiHub.StartAsync();
        await api.ImportCrmAsync();
        await RegisterFiles.LoadFixtureAsync(api.Hub.ConnectionString);
        await api.RunStagesAsync();
        using var browser = await SignedIn.ClientAsync(api.Hub, "Steward");

        var queue = await browser.ReadAsync("/registre");
        var first = AccountLink().Match(queue).Groups[1].Value;
        var shown = await browser.ReadAsync($"/registre/comptes/{first}");
        var siret = Siret().Match(shown).Groups[1].Value;
        var answer = await PostAsync(browser, shown, $"/registre/comptes/{first}?handler=Accept", ("siret", siret));
        var next = await browser.ReadAsync(answer.Headers.Location!.ToString());
        Assert.Contains("/registre/comptes/", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        var history = await browser.ReadAsync("/registre/historique");
        var undone = await PostAsync(browser, history, $"/registre/historique?handler=Undo&id={JudgementId().Match(history).Groups[1].Value}");
        var preview = await browser.ReadAsync("/registre?score=80");

        Assert.Contains("À identifier", queue, StringComparison.Ordinal);
        Assert.Contains("data-key=\"m\"", shown, StringComparison.Ordinal);
        Assert.Contains("Aucune ne convient", shown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("Réponse enregistrée", next, StringComparison.Ordinal);
        Assert.Contains("Accepté", history, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, undone.StatusCode);
        Assert.Contains("class=\"revoked\"", await browser.ReadAsync("/registre/historique"), StringComparison.Ordinal);
        Assert.Matches("Accepter pour [0-9]+ comptes", preview);
    }

    [Fact]
    public async Task An_empty_desk_says_why_and_a_reader_who_is_no_steward_stays_outside()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        using var browser = await SignedIn.ClientAsync(api.Hub, "Steward");

        Assert.Contains("./rcu register", await browser.ReadAsync("/registre"), StringComparison.Ordinal);
        Assert.Contains("Rien à signaler", await browser.ReadAsync("/registre/propositions"), StringComparison.Ordinal);
        Assert.Contains("Aucune réponse", await browser.ReadAsync("/registre/historique"), StringComparison.Ordinal);

        await using var other = await ApiHub.StartAsync();
        using var seller = await SignedIn.ClientAsync(other.Hub, "Commercial");
        var answer = await seller.GetAsync(new Uri("/registre", UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_daily_follow_up_is_set_by_an_administrator_and_seen_by_stewards()
    {
        await using var api = await ApiHub.StartAsync();
        using var steward = await SignedIn.ClientAsync(api.Hub, "Steward");
        var empty = await steward.ReadAsync("/registre/suivi");
        var forbidden = await PostAsync(steward, empty, "/registre/suivi?handler=Save", ("BaseUrl", "https://api.insee.fr/api-sirene/3.11"), ("Secret", "cle"), ("RequestsPerMinute", "30"), ("DailyAt", "06:30"));

        using var admin = await api.Hub.SignInAsync("Admin");
        var form = await admin.ReadAsync("/registre/suivi");
        await PostAsync(admin, form, "/registre/suivi?handler=Save", ("BaseUrl", "http://127.0.0.1/"), ("Secret", "cle"), ("RequestsPerMinute", "30"), ("DailyAt", "06:30"));
        var refused = await admin.ReadAsync("/registre/suivi");
        await PostAsync(admin, form, "/registre/suivi?handler=Save", ("BaseUrl", "https://api.insee.fr/api-sirene/3.11"), ("Secret", "cle-secrete"), ("RequestsPerMinute", "30"), ("DailyAt", "06:30"));
        var set = await admin.ReadAsync("/registre/suivi");
        await PostAsync(admin, set, "/registre/suivi?handler=Pause");

        Assert.Contains("Le répertoire n’est pas suivi", empty, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"BaseUrl\"", empty, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, forbidden.StatusCode);
        Assert.Contains("Le répertoire n’est pas suivi", form, StringComparison.Ordinal);
        Assert.Contains("doit être publique", refused, StringComparison.Ordinal);
        Assert.Contains("En marche", set, StringComparison.Ordinal);
        Assert.Contains("Essayer la connexion", set, StringComparison.Ordinal);
        Assert.DoesNotContain("cle-secrete", set, StringComparison.Ordinal);
        Assert.Contains("Suspendue", await steward.ReadAsync("/registre"), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string page, string action, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", Token().Match(page).Groups[1].Value)).ToDictionary());
        return await browser.PostAsync(new Uri(action, UriKind.Relative), form);
    }

    [GeneratedRegex("href=\"/registre/comptes/([0-9a-f-]{36})\"")]
    private static partial Regex AccountLink();

    [GeneratedRegex("name=\"siret\" value=\"([0-9]{14})\"")]
    private static partial Regex Siret();

    [GeneratedRegex("[?&]id=([0-9a-f-]{36})")]
    private static partial Regex JudgementId();

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="([^"]+)""")]
    private static partial Regex Token();
}
