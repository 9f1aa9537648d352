using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Exploration;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>What a reader has of their own on accounts: follow, news since the last visit, values corrected in place, neighbours, the visit sheet.</summary>
public class DeskOwnPagesTests
{
    [Fact]
    public async Task A_value_somebody_changed_meanwhile_is_not_written_over_until_one_is_chosen()
    {
        await using var api = await ApiHub.StartAsync();
        var account = (await api.AddSampleAsync()).First.Account;
        await api.DeclareSourcesAsync();
        var (page, phone) = ($"/comptes/{account.Id}/champ/phone", account.Phone!);
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);
        await api.InAsync(s => s.GetRequiredService<Edits>().SetAccountValueAsync(
            AccountScope.Hub, account.Id, new EditValue("phone", "01 99 00 55 55"), "lea@exemple.example", default));

        using var refused = await rep.PostFormAsync(page, page, new("value", "01 99 00 66 66"), new("seen", phone));
        var shown = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        var (late, problem) = await api.SendAsync(HttpMethod.Put, $"/accounts/{account.Id}/values/phone", new { value = "01 99 00 66 66", seen = phone });
        var typed = (await CurrentAsync(api, account.Id)).Typed!;
        using var chosen = await rep.PostFormAsync(page, page, new("value", "01 99 00 66 66"), new("seen", "01 99 00 55 55"));
        var after = (await CurrentAsync(api, account.Id)).Typed!;

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.Contains("01 99 00 55 55".Replace(' ', '\u00a0'), shown.Replace(' ', '\u00a0'), StringComparison.Ordinal);
        Assert.Contains("lea@exemple.example", shown, StringComparison.Ordinal);
        Assert.Contains("value=\"01 99 00 66 66\"", shown, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "edit.overtaken"), (late.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal(("01 99 00 55 55", "lea@exemple.example"), (typed.Value, typed.By));
        Assert.Equal((HttpStatusCode.Redirect, "01 99 00 66 66", SignedIn.Email), (chosen.StatusCode, after.Value, after.By));
    }

    [Fact]
    public async Task A_value_of_a_person_another_got_ahead_of_is_shown_beside_mine_by_the_pencil_and_by_the_form()
    {
        await using var api = await ApiHub.StartAsync();
        await api.AddSampleAsync();
        await api.DeclareSourcesAsync();
        var person = await api.InAsync(s => s.GetRequiredService<Rcu.Data.RcuDb>().Contacts.FirstAsync(c => c.Name == "Zoé Étienne"));
        var (sheet, pencil) = ($"/contacts/{person.Id}", $"/contacts/{person.Id}/champ/job_title");
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);
        await api.InAsync(s => s.GetRequiredService<Edits>().SetContactValueAsync(
            AccountScope.Hub, person.Id, new EditValue("job_title", "Directrice des achats"), "lea@exemple.example", default));
        await api.InAsync(async s =>
        {
            var db = s.GetRequiredService<Rcu.Data.RcuDb>();
            db.Add(new Rcu.Resolution.Link
            {
                Kind = Rcu.Resolution.ClusterKind.Contact,
                RecordId = await db.Records.Where(r => r.ExternalKey.StartsWith("contact:")).Select(r => r.Id).SingleAsync(),
                ClusterId = person.Id,
                Rule = "alone",
                Probability = 1,
                Sentence = "Saisie.",
                LinkedAt = DateTimeOffset.UtcNow,
            });
            return await db.SaveChangesAsync();
        });

        using var refused = await rep.PostFormAsync(pencil, pencil, new("value", "Acheteuse"), new("seen", "Responsable achats"));
        var byPencil = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        using var sent = await rep.PostFormAsync(
            sheet, $"{sheet}?handler=Edit", new("field", "job_title"), new("value", "Acheteuse"), new("seen[job_title]", "Responsable achats"));
        var byForm = await rep.ReadAsync($"{sent.Headers.Location}");
        using var mine = await rep.PostFormAsync(pencil, pencil, new("value", "Acheteuse"), new("seen", "Directrice des achats"));
        using var other = await rep.PostFormAsync(sheet, $"{sheet}?handler=Edit", new("field", "civility"), new("value", "M"), new("seen[civility]", ""));
        var now = (await api.InAsync(s => s.GetRequiredService<Edits>().CurrentContactValueAsync(AccountScope.Hub, person.Id, "job_title", default))).Value!;

        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.Redirect), (refused.StatusCode, sent.StatusCode));
        Assert.All(new[] { byPencil, byForm }, page =>
        {
            Assert.Contains("Directrice des achats", page, StringComparison.Ordinal);
            Assert.Contains("value=\"Acheteuse\"", page, StringComparison.Ordinal);
            Assert.Contains("lea@exemple.example", page, StringComparison.Ordinal);
        });
        Assert.Equal((HttpStatusCode.Redirect, "Acheteuse", SignedIn.Email), (mine.StatusCode, now.Value, now.Typed!.By));
        Assert.Equal($"{sheet}", other.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_value_typed_on_the_page_and_by_the_api_is_the_same_evidence()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        await api.DeclareSourcesAsync();
        var (one, two) = (sample.Accounts[3], sample.Accounts[4]);
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);
        var page = $"/comptes/{one.Id}/champ/website";

        using var typed = await rep.PostFragmentAsync(page, page, new("value", "https://exemple.example"), new("seen", one.Website ?? ""));
        var (sent, run) = await api.SendAsync(HttpMethod.Put, $"/accounts/{two.Id}/values/website", new { value = "https://exemple.example" });
        var (unreadable, why) = await api.SendAsync(HttpMethod.Put, $"/accounts/{two.Id}/values/phone", new { value = "le matin" });

        Assert.Contains("à l’instant", WebUtility.HtmlDecode(await typed.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        Assert.NotEqual(Guid.Empty, run.GetProperty("runId").GetGuid());
        Assert.Equal((await CurrentAsync(api, one.Id, "website")).Value, (await CurrentAsync(api, two.Id, "website")).Value);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "edit.unreadable"), (unreadable.StatusCode, why.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_note_is_the_same_by_the_page_and_by_the_api()
    {
        await using var api = await ApiHub.StartAsync();
        var account = (await api.AddSampleAsync()).First.Account.Id;
        await api.DeclareSourcesAsync();
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);

        using var typed = await rep.PostFormAsync($"/comptes/{account}", $"/comptes/{account}?handler=Note", new("kind", "Call"), new("text", "Rappellera après le 15."));
        var (sent, made) = await api.SendAsync(HttpMethod.Post, $"/accounts/{account}/notes", new { kind = "call", text = "Rappellera après le 15." });
        var (_, timeline) = await api.GetAsync($"/accounts/{account}/timeline?channel=phone");

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Created), (typed.StatusCode, sent.StatusCode));
        var said = timeline.GetProperty("data").EnumerateArray().Where(i => i.GetProperty("text").GetString() == "Rappellera après le 15.")
            .Select(i => (i.GetProperty("kind").GetString(), i.GetProperty("source").GetString())).ToList();
        Assert.Equal(2, said.Count);
        Assert.Equal(said[0], said[1]);
        Assert.Contains(timeline.GetProperty("data").EnumerateArray(), i => i.GetProperty("id").GetGuid() == made.GetProperty("interactionId").GetGuid());
    }

    [Fact]
    public async Task Following_shows_in_the_list_and_by_the_api()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        var account = sample.Accounts[5];
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);

        using var followed = await rep.PostFragmentAsync($"/comptes/{account.Id}", $"/comptes/{account.Id}/suivi", new KeyValuePair<string, string>("follows", "true"));
        var (_, followers) = await api.GetAsync($"/accounts/{account.Id}/followers");
        var list = await rep.ReadAsync("/comptes?suivi=true");
        var (left, _) = await api.SendAsync(HttpMethod.Delete, $"/accounts/{account.Id}/followers/{SignedIn.Email}", null);
        var empty = await rep.ReadAsync("/comptes?suivi=true");

        Assert.Contains("Ne plus suivre", WebUtility.HtmlDecode(await followed.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal([SignedIn.Email], followers.GetProperty("data").EnumerateArray().Select(f => f.GetString()));
        Assert.Contains($"/comptes/{account.Id}", list, StringComparison.Ordinal);
        Assert.DoesNotContain($"/comptes/{sample.Accounts[6].Id}", list, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.DoesNotContain($"/comptes/{account.Id}", empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_is_told_from_the_visit_before_this_one()
    {
        await using var api = await ApiHub.StartAsync();
        var account = (await api.AddSampleAsync()).First.Account.Id;
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);
        var first = await rep.ReadAsync($"/comptes/{account}");
        await api.InAsync(async s =>
        {
            await using var command = s.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand("update account_visits set at = at - interval '400 days'");
            return await command.ExecuteNonQueryAsync();
        });

        var again = await rep.ReadAsync($"/comptes/{account}");
        var reloaded = await rep.ReadAsync($"/comptes/{account}");
        var (_, changes) = await api.GetAsync($"/accounts/{account}/changes?since={Uri.EscapeDataString(DateTimeOffset.UtcNow.AddDays(-400).ToString("O"))}");

        Assert.DoesNotContain("Depuis votre dernière visite", first, StringComparison.Ordinal);
        Assert.Contains("Depuis votre dernière visite", again, StringComparison.Ordinal);
        Assert.Contains("Depuis votre dernière visite", reloaded, StringComparison.Ordinal);
        var interactions = changes.GetProperty("interactions").GetInt32();
        Assert.True(interactions > 0);
        Assert.Contains($"{interactions}\u00a0échange", again, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AccountSort.Name, false)]
    [InlineData(AccountSort.Name, true)]
    [InlineData(AccountSort.Revenue, false)]
    [InlineData(AccountSort.LastInteraction, true)]
    [InlineData(AccountSort.Naf, false)]
    public async Task The_neighbours_of_an_account_are_those_of_its_list_from_end_to_end(AccountSort sort, bool reversed)
    {
        await using var api = await ApiHub.StartAsync();
        await api.AddSampleAsync();

        var (ids, chain) = await api.InAsync(async s =>
        {
            var list = s.GetRequiredService<AccountList>();
            var all = (await list.ReadAsync(AccountScope.Hub, new AccountFilter(), sort, reversed, null, default, 200)).Rows.Select(r => r.Id).ToList();
            List<(Guid?, Guid, Guid?)> around = [];
            foreach (var id in all)
            {
                var found = (await list.AroundAsync(AccountScope.Hub, new AccountFilter(), sort, reversed, id, default))!;
                around.Add((found.Before?.Id, id, found.After?.Id));
            }

            return (all, around);
        });

        Assert.Equal(SampleCustomers.Count, ids.Count);
        Assert.Equal(ids.Select((id, i) => (i == 0 ? (Guid?)null : ids[i - 1], id, i == ids.Count - 1 ? (Guid?)null : ids[i + 1])), chain);
    }

    [Fact]
    public async Task The_visit_sheet_holds_whom_to_meet_what_is_owed_and_what_is_to_be_done()
    {
        await using var api = await ApiHub.StartAsync();
        var first = (await api.AddSampleAsync()).First;
        using var rep = await SignedIn.ClientAsync(api.Hub, HubRoles.Commercial);
        await api.InAsync(s => s.GetRequiredService<Tasks>().AddAsync(AccountScope.Hub, first.Account.Id, new SaveTask("Apporter le contrat", null, null, SignedIn.Email), "test", default));

        var page = await rep.ReadAsync($"/comptes/{first.Account.Id}/visite");

        Assert.Contains("Jean-François Müller", page, StringComparison.Ordinal);
        Assert.Contains("Apporter le contrat", page, StringComparison.Ordinal);
        Assert.Contains("3 factures en retard", page, StringComparison.Ordinal);
    }

    private static async Task<EditedValue> CurrentAsync(ApiHub api, Guid account, string field = "phone") =>
        (await api.InAsync(s => s.GetRequiredService<Edits>().CurrentAccountValueAsync(AccountScope.Hub, account, field, default))).Value!;
}
