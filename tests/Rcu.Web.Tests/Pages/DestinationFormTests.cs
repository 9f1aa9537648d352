using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Activation;
using Rcu.Segmentation;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Segmentation;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>Each tool has a form made of the settings it declares, with words for each, and keeps what it was given.</summary>
public partial class DestinationFormTests
{
    [Fact]
    public async Task Every_tool_has_its_form_and_one_is_connected_by_it()
    {
        await using var hub = await TestHub.StartAsync();
        using var marketer = await hub.SignInAsync(HubRoles.Marketing);
        await using var scope = hub.Services.CreateAsyncScope();
        var segment = await scope.ServiceProvider.GetRequiredService<Segments>().CreateAsync(
            new SaveSegment("Tous", null, SegmentTarget.Contacts, new Condition.Compare("sources", Operator.Is, ["crm"])), "test", default);
        var kinds = scope.ServiceProvider.GetRequiredService<Destinations>().Kinds;
        KeyValuePair<string, string>[] given =
            [new("Kind", "brevo"), new("Name", "Brevo Metz"), new("settings.listId", "12"), new("SegmentId", $"{segment.Value!.Id}")];

        foreach (var kind in kinds)
        {
            var form = await marketer.ReadAsync($"/activation/nouvelle?outil={kind}");
            Assert.DoesNotMatch(Wordless(), form);
        }

        using var refused = await marketer.PostFormAsync("/activation/nouvelle?outil=brevo", "/activation/nouvelle", given);
        var why = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        using var tried = await marketer.PostFormAsync("/activation/nouvelle?outil=brevo", "/activation/nouvelle?handler=Dry", [.. given, new("Secret", "xkeysib-1")]);
        var shown = await tried.Content.ReadAsStringAsync();
        using var made = await marketer.PostFormAsync("/activation/nouvelle?outil=brevo", "/activation/nouvelle", [.. given, new("Secret", "xkeysib-1")]);
        await using var db = HoledBase.Open(hub.ConnectionString);
        var kept = await db.Destinations.SingleAsync();

        Assert.Equal(["brevo", "csv", "drop", "hubspot", "linkedin", "mailchimp", "mailjet", "salesforce", "webhook"], kinds);
        Assert.Contains("donnez celui qu’il a créé", why, StringComparison.Ordinal);
        Assert.Contains("value=\"Brevo Metz\"", why, StringComparison.Ordinal);
        Assert.Matches("<form[^>]* action=\"/activation/nouvelle\"", shown);
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Equal((12, "https://api.brevo.com/v3"), (kept.Settings.GetProperty("listId").GetInt32(), kept.Settings.TryGetProperty("baseUrl", out var url) ? url.GetString() : "https://api.brevo.com/v3"));
        Assert.DoesNotContain("xkeysib", kept.Secret, StringComparison.Ordinal);
    }

    // A label that is the name of a text, or nothing.
    [GeneratedRegex(@">(setting|activation)\.[a-z]|<label[^>]*></label>")]
    private static partial Regex Wordless();
}
