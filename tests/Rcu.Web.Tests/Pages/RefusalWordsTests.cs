using System.Net;
using System.Text.RegularExpressions;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>A form that is refused speaks of its fields as it calls them itself.</summary>
public class RefusalWordsTests
{
    [Theory]
    [InlineData("abc", "2026-02-01", "« abc » n’est pas un montant")]
    [InlineData("10", "2026-01-01", "'Fin' doit être")]
    public async Task A_campaign(string cost, string end, string told)
    {
        var page = await AnswerAsync(
            "/analyse/campagnes", "/analyse/campagnes", new("Form.Name", "Salon"), new("Form.Channel", "email"), new("Form.StartsOn", "2026-01-15"), new("Form.EndsOn", end), new("Form.Cost", cost));

        Assert.Contains(told, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_of_the_plan()
    {
        var page = await AnswerAsync(
            "/analyse/plan", "/analyse/plan", new("Form.Name", "Relance"), new("Form.Mode", "Dry"), new("Form.Case", "NotDone"), new("Form.Days", "180"), new("Form.State", "Hot"),
            new("Form.Act", "Task"), new("Form.Text", "Relancer"), new("Form.Who", "camille@exemple.example"), new("Form.DueIn", "3"), new("Form.To", "Warm"),
            new("Form.RestDays", "90"), new("Form.MostPerRun", "200"));

        Assert.Contains("'Interaction' ne doit pas être vide", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_of_the_plan_for_somebody_who_is_not_here()
    {
        var page = await AnswerAsync(
            "/analyse/plan", "/analyse/plan", new("Form.Name", "Relance"), new("Form.Mode", "Dry"), new("Form.Case", "NotDone"), new("Form.Kind", "Invoice"), new("Form.Days", "180"),
            new("Form.State", "Hot"), new("Form.Act", "Task"), new("Form.Text", "Relancer"), new("Form.Who", "personne@nulle.example"), new("Form.DueIn", "3"), new("Form.To", "Warm"),
            new("Form.RestDays", "90"), new("Form.MostPerRun", "200"));

        Assert.Contains("personne@nulle.example", page, StringComparison.Ordinal);
        Assert.Contains("validation-summary-errors", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("On")]
    [InlineData("Deleted")]
    public async Task A_rule_of_the_plan_is_switched_by_its_buttons(string state)
    {
        await using var hub = await TestHub.StartAsync();
        using var client = await SignedIn.ClientAsync(hub);
        using var made = await client.PostFormAsync(
            "/analyse/plan", "/analyse/plan", new("Form.Name", "Relance"), new("Form.Mode", "Dry"), new("Form.Case", "NotDone"), new("Form.Kind", "Invoice"), new("Form.Days", "180"),
            new("Form.State", "Hot"), new("Form.Act", "Task"), new("Form.Text", "Relancer"), new("Form.Who", "camille@exemple.example"), new("Form.DueIn", "3"), new("Form.To", "Warm"),
            new("Form.RestDays", "90"), new("Form.MostPerRun", "200"));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        var page = await client.GetStringAsync("/analyse/plan");
        var button = Regex.Match(page, $"name=\"(?<name>[a-z]+)\" value=\"{state}\" aria-label").Groups["name"].Value;

        using var pressed = await client.PostFormAsync(
            "/analyse/plan", "/analyse/plan?handler=State", new("rule", Regex.Match(page, "name=\"rule\" value=\"(?<n>[0-9]+)\"").Groups["n"].Value), new(button, state));

        Assert.Equal(HttpStatusCode.Redirect, pressed.StatusCode);
        Assert.Equal(state is "Deleted", !(await client.GetStringAsync("/analyse/plan")).Contains("aria-label=\"Éteindre", StringComparison.Ordinal)
            && !WebUtility.HtmlDecode(await client.GetStringAsync("/analyse/plan")).Contains("name=\"rule\"", StringComparison.Ordinal));
    }

    // The first line holds no value yet: it is not counted, and the second is the second for who reads.
    [Theory]
    [InlineData("all")]
    [InlineData("any")]
    public async Task A_rule_of_a_segment(string group)
    {
        var page = await AnswerAsync(
            "/segments/nouveau", "/segments/nouveau?handler=Count", new("name", "Gros"), new("target", "Accounts"), new("version", "0"), new("kind:0", group),
            new("kind:0.0", "compare"), new("field:0.0", "city"), new("how:0.0", "Is"), new("value:0.0", ""),
            new("kind:0.1", "compare"), new("field:0.1", "revenue_12m"), new("how:0.1", "Above"), new("value:0.1", "beaucoup"));

        Assert.Contains("« beaucoup » ne convient pas pour « CA 12 mois » (ligne 2)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/rule", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_segment_that_is_saved_unfinished()
    {
        var page = await AnswerAsync(
            "/segments/nouveau", "/segments/nouveau", new("name", "Gros"), new("target", "Accounts"), new("version", "0"), new("kind:0", "all"),
            new("kind:0.0", "compare"), new("field:0.0", "revenue_12m"), new("how:0.0", "Between"), new("value:0.0", "100"), new("value:0.0", ""));

        Assert.Contains("Il manque une valeur à « CA 12 mois » (ligne 1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("does not have", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/rule", page, StringComparison.Ordinal);
    }

    private static async Task<string> AnswerAsync(string page, string address, params KeyValuePair<string, string>[] form)
    {
        await using var hub = await TestHub.StartAsync();
        using var client = await SignedIn.ClientAsync(hub);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        using var answer = await client.PostFormAsync(page, address, form);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
