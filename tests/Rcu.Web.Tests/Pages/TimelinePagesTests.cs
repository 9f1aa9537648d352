using System.Text.Json;
using System.Text.RegularExpressions;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

public sealed partial class TimelinePagesTests
{
    [Fact]
    public async Task What_is_asked_of_a_timeline_is_kept_together_and_is_what_a_program_reads()
    {
        await using var api = await ApiHub.StartAsync();
        var first = (await api.AddSampleAsync()).First;
        using var browser = await SignedIn.ClientAsync(api.Hub);
        var account = $"/comptes/{first.Account.Id}";
        var all = JsonDocument.Parse(await api.Client.GetStringAsync($"/api/v1/accounts/{first.Account.Id}/timeline?limit=100")).RootElement.GetProperty("data")
            .EnumerateArray().ToList();
        var of = all.Where(i => i.GetProperty("contactId").ValueKind is JsonValueKind.String)
            .GroupBy(i => (Who: i.GetProperty("contactId").GetString()!, Source: i.GetProperty("source").GetString()!)).First();

        var page = await browser.GetStringAsync($"{account}?qui={of.Key.Who}&origine={of.Key.Source}");
        using var given = JsonDocument.Parse(await api.Client.GetStringAsync(
            $"/api/v1/accounts/{first.Account.Id}/timeline?limit=30&contact={of.Key.Who}&source={of.Key.Source}"));

        var expected = all.Count(i => i.GetProperty("contactId").GetString() == of.Key.Who && i.GetProperty("source").GetString() == of.Key.Source);
        Assert.InRange(expected, 1, Math.Min(30, all.Count - 1));
        Assert.Equal(expected, given.RootElement.GetProperty("data").GetArrayLength());
        Assert.Equal(expected, Event().Matches(page).Sum(m => m.Groups[1].Success ? int.Parse(m.Groups[1].Value, null) : 1));
        Assert.Contains($"canal=email&amp;qui={of.Key.Who}&amp;origine={of.Key.Source}", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{of.Key.Who}\" selected", page, StringComparison.Ordinal);
    }

    // What repeats itself stands once, with its count.
    [GeneratedRegex("""<li class="event [^>]*>.*?<strong>[^<×]*(?:× (\d+))?</strong>""", RegexOptions.Singleline)]
    private static partial Regex Event();
}
