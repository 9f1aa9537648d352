using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Exploration.Desk;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Exploration.Desk;

public class TasksTests
{
    [Fact]
    public async Task A_task_follows_its_account_when_it_is_joined_to_another_and_comes_back_with_it()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        var (kept, retired) = (sample.Accounts[3].Id, sample.Accounts[4].Id);
        await AddAsync(api, retired, "Rappeler");
        await AddAsync(api, kept, "Visiter");

        await using var db = sample.Open();
        db.Add(new Redirect { RetiredId = retired, Kind = ClusterKind.Account, SurvivorId = kept, RetiredAt = DateTimeOffset.UtcNow });
        await db.SaveChangesAsync();
        await db.Accounts.Where(a => a.Id == retired).ExecuteDeleteAsync();
        var joined = await TitlesAsync(api, kept);
        var mine = await api.InAsync(s => s.GetRequiredService<Tasks>().OfPersonAsync(AccountScope.Hub, "LEA@exemple.example", false, default));
        await db.Redirects.ExecuteDeleteAsync();
        var alone = await TitlesAsync(api, kept);

        Assert.Equal(["Rappeler", "Visiter"], joined.Order());
        Assert.All(mine, task => Assert.Equal(kept, task.AccountId));
        Assert.Equal(2, mine.Count);
        Assert.Equal(["Visiter"], alone);
    }

    [Fact]
    public async Task What_presses_is_late_due_today_or_recalled()
    {
        await using var api = await ApiHub.StartAsync();
        var account = (await api.AddSampleAsync()).First.Account.Id;
        var (today, now) = (DateOnly.FromDateTime(DateTime.UtcNow), DateTimeOffset.UtcNow);
        await AddAsync(api, account, "En retard", today.AddDays(-2));
        await AddAsync(api, account, "Plus tard", today.AddDays(9));
        await AddAsync(api, account, "Rappelée", today.AddDays(9), now.AddHours(-1));
        await AddAsync(api, account, "Un jour");

        var pressing = await api.InAsync(s => s.GetRequiredService<Tasks>().PressingAsync(AccountScope.Hub, "lea@exemple.example", default));
        var ordered = await TitlesAsync(api, account);

        Assert.Equal(2, pressing);
        Assert.Equal(["En retard", "Plus tard", "Rappelée", "Un jour"], ordered);
    }

    [Fact]
    public async Task A_calendar_is_read_by_its_signed_address_until_it_is_revoked()
    {
        await using var api = await ApiHub.StartAsync();
        var account = (await api.AddSampleAsync()).First.Account.Id;
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);
        await AddAsync(api, account, "Rappeler, puis visiter", new DateOnly(2026, 12, 1), new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero), SignedIn.Email);
        using var nobody = api.Hub.NewBrowser();

        using var made = await rep.PostFormAsync("/taches", "/taches?handler=Link");
        var signed = (await api.InAsync(s => s.GetRequiredService<CalendarLinks>().FindAsync(SignedIn.Email, default)))!;
        var calendar = await nobody.GetStringAsync($"/calendrier/{signed}.ics");
        using var forged = await nobody.GetAsync($"/calendrier/{signed[..^2]}{(signed[^2] == 'A' ? 'B' : 'A')}{signed[^1]}.ics");
        using var revoked = await rep.PostFormAsync("/taches", "/taches?handler=Unlink");
        using var madeUp = await nobody.GetAsync($"/calendrier/{new string('~', signed.Length)}.ics");
        using var closed = await nobody.GetAsync($"/calendrier/{signed}.ics");

        Assert.Contains("DTSTART;VALUE=DATE:20261201\r\n", calendar, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Rappeler\\, puis visiter (", calendar, StringComparison.Ordinal);
        Assert.Contains("TRIGGER;VALUE=DATE-TIME:20261201T080000Z\r\n", calendar, StringComparison.Ordinal);
        Assert.All([forged, madeUp, closed], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
    }

    [Fact]
    public void A_line_of_a_calendar_is_never_longer_than_75_bytes_and_no_letter_is_cut()
    {
        var task = new TaskLine(
            Guid.Empty, Guid.Empty, "Électricité générale Œuvrard & fils", "Épinal", null, null, string.Concat(Enumerable.Repeat("éà€", 60)), "lea@exemple.example",
            new DateOnly(2026, 12, 1), null, null, null, "lea", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 1);

        var lines = TaskCalendar.Write("RCU", [task], id => $"http://hub.example/comptes/{id}").Split("\r\n");

        Assert.All(lines, line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Contains(string.Concat(Enumerable.Repeat("éà€", 60)), string.Join("\r\n", lines).Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_who_only_reads_writes_no_task()
    {
        await using var api = await ApiHub.StartAsync();
        var account = (await api.AddSampleAsync()).First.Account.Id;
        using var marketer = await SignedIn.ClientAsync(api.Hub, HubRoles.Marketing);

        using var refused = await marketer.PostFormAsync("/taches", "/taches?handler=Add", new("account", $"{account}"), new("title", "Visite"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(await TitlesAsync(api, account));
    }

    private static Task<Rcu.Result<TaskLine>> AddAsync(
        ApiHub api, Guid account, string title, DateOnly? due = null, DateTimeOffset? remindAt = null, string who = "lea@exemple.example") =>
        api.InAsync(s => s.GetRequiredService<Tasks>().AddAsync(AccountScope.Hub, account, new SaveTask(title, due, remindAt, who), "test", default));

    private static async Task<List<string>> TitlesAsync(ApiHub api, Guid account) =>
        [.. (await api.InAsync(s => s.GetRequiredService<Tasks>().OfAccountAsync(AccountScope.Hub, account, default))).Select(t => t.Title)];
}
