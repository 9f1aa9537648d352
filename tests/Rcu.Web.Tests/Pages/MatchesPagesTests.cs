using System.Net;
using Microsoft.EntityFrameworkCore;
using Rcu.Jobs;
using Rcu.Matching;
using Rcu.Resolution;

namespace Rcu.Web.Tests.Pages;

/// <summary>The queue of duplicates and the judgement of a pair, by the pages.</summary>
public class MatchesPagesTests
{
    [Fact]
    public async Task The_queue_shows_the_weightiest_pair_first_and_keeps_what_a_filter_asks()
    {
        await using var desk = await StewardDesk.OpenAsync();

        var all = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync("/doublons"));
        var samePhone = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync("/doublons?motif=phone"));
        var twoSirens = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync("/doublons?frein=siren&sources=erp%2Bcrm&niveau=Doubtful"));
        var salon = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync("/doublons?sources=salon%2Bcrm"));

        Assert.True(all.IndexOf("Transports Garnier", StringComparison.Ordinal) < all.IndexOf("Imprimerie", StringComparison.Ordinal));
        Assert.Contains("même nom", all, StringComparison.Ordinal);
        Assert.Contains($"href=\"/doublons/{desk.Pairs[0].Id}\"", all, StringComparison.Ordinal);
        Assert.Contains("Menuiserie", samePhone, StringComparison.Ordinal);
        Assert.DoesNotContain("Imprimerie", samePhone, StringComparison.Ordinal);
        Assert.Contains("Imprimerie", twoSirens, StringComparison.Ordinal);
        Assert.DoesNotContain("Menuiserie", twoSirens, StringComparison.Ordinal);
        Assert.Contains("Aucun doublon pour ces filtres", salon, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_judgement_by_htmx_answers_with_the_next_pair_alone_and_can_be_taken_back()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var page = $"/doublons/{desk.Pairs[0].Id}";

        var answer = await desk.PostAsync(page, $"{page}?handler=Judge", htmx: true, ("judgement", "Same"));
        var fragment = await answer.Content.ReadAsStringAsync();
        await using var db = desk.Db();
        var decision = await db.Decisions.SingleAsync();
        var requested = await db.Runs.CountAsync(r => r.Stage == PipelineRuns.Stage);
        var undo = await desk.PostAsync($"/doublons/{desk.Pairs[1].Id}", $"{page}?handler=Undo", htmx: true);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("<div id=\"pair\"", fragment.TrimStart(), StringComparison.Ordinal);
        Assert.Contains("Menuiserie", fragment, StringComparison.Ordinal);
        Assert.Contains($"/doublons/{desk.Pairs[1].Id}", answer.Headers.GetValues("HX-Push-Url").Single(), StringComparison.Ordinal);
        Assert.Equal((Verdict.Same, StewardDesk.Email), (decision.Verdict, decision.DecidedBy));
        Assert.Equal(1, requested);
        Assert.Contains("Transports Garnier", await undo.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull((await db.Decisions.AsNoTracking().SingleAsync()).RevokedAt);
        Assert.Equal(Judgement.Undecided, (await db.Matches.AsNoTracking().SingleAsync(m => m.Id == desk.Pairs[0].Id)).Judgement);
    }

    [Fact]
    public async Task Without_a_script_the_browser_goes_to_the_next_pair_and_back_to_the_queue_after_the_last()
    {
        await using var desk = await StewardDesk.OpenAsync();

        var places = new List<string>();
        foreach (var pair in desk.Pairs)
        {
            var page = $"/doublons/{pair.Id}";
            var answer = await desk.PostAsync(page, $"{page}?handler=Judge", ("judgement", "Different"));
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            places.Add(answer.Headers.Location!.ToString());
        }

        var queue = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync("/doublons"));
        var history = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync("/doublons/historique"));

        Assert.Equal([$"/doublons/{desk.Pairs[1].Id}", $"/doublons/{desk.Pairs[2].Id}", "/doublons"], places);
        Assert.Contains("Aucun doublon à examiner", queue, StringComparison.Ordinal);
        Assert.Contains("Gardés différents", queue, StringComparison.Ordinal);
        Assert.Contains("Transports Garnier", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_valid_sirens_are_not_offered_to_merge_and_refused_when_asked_anyway()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var page = $"/doublons/{desk.Pairs[2].Id}";

        var shown = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync(page));
        var byHtmx = await desk.PostAsync(page, $"{page}?handler=Judge", htmx: true, ("judgement", "Same"));
        var plain = await desk.PostAsync(page, $"{page}?handler=Judge", ("judgement", "Same"));

        Assert.Matches("value=\"Same\"[^>]*disabled", shown);
        Assert.Contains("deux entités légales", shown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, byHtmx.StatusCode);
        Assert.StartsWith("Deux SIREN", await byHtmx.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, plain.StatusCode);
        await using var db = desk.Db();
        Assert.Empty(await db.Decisions.ToListAsync());
    }

    [Fact]
    public async Task A_pair_someone_else_judged_is_refused_with_their_name()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var page = $"/doublons/{desk.Pairs[0].Id}";
        await using var db = desk.Db();
        await db.Database.ExecuteSqlAsync($"update matches set judgement = 'Different', judged_by = 'paul', judged_at = now() where id = {desk.Pairs[0].Id}");

        var answer = await desk.PostAsync(page, $"{page}?handler=Judge", htmx: true, ("judgement", "Same"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("paul", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_is_parted_from_its_account_and_one_that_is_alone_is_refused()
    {
        await using var desk = await StewardDesk.OpenAsync();
        await using var db = desk.Db();
        var (left, right) = (desk.Pairs[0].LeftRecordId, desk.Pairs[0].RightRecordId);
        var cluster = (await db.Links.SingleAsync(l => l.RecordId == left)).ClusterId;
        await db.Links.Where(l => l.RecordId == right).ExecuteUpdateAsync(l => l.SetProperty(x => x.ClusterId, cluster));

        var parted = await desk.PostAsync($"/doublons/{desk.Pairs[1].Id}", "/doublons/separer", ("kind", "Account"), ("recordId", $"{left}"), ("reason", "autre site"), ("returnUrl", "/doublons"));
        var alone = await desk.PostAsync($"/doublons/{desk.Pairs[1].Id}", "/doublons/separer", ("kind", "Account"), ("recordId", $"{desk.Pairs[1].LeftRecordId}"), ("returnUrl", "https://ailleurs.example/"));
        var told = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync("/doublons"));

        Assert.Equal("/doublons", parted.Headers.Location!.ToString());
        var decision = await db.Decisions.SingleAsync();
        Assert.Equal((Verdict.Different, "autre site"), (decision.Verdict, decision.Reason));
        Assert.Equal("/doublons", alone.Headers.Location!.ToString());
        Assert.Contains("Cette fiche est seule", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pairs_are_decided_in_bulk_and_accounts_are_merged_by_hand_and_both_are_taken_back_whole()
    {
        await using var desk = await StewardDesk.OpenAsync();
        await using var db = desk.Db();
        var ids = await db.Accounts.OrderBy(a => a.Name).Select(a => a.Id).Take(3).ToListAsync();
        var query = string.Join('&', ids.Select(id => $"ids={id}"));

        var trial = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync("/doublons/lot?seuil=50"));
        var changed = await desk.PostAsync("/doublons/lot", "/doublons/lot?seuil=50", ("looked", "40"));
        var decided = await desk.PostAsync("/doublons/lot", "/doublons/lot?seuil=50", ("looked", "2"), ("reason", "Même téléphone"));
        var judged = await db.Matches.AsNoTracking().CountAsync(m => m.Judgement == Judgement.Same);
        var batch = (await db.Decisions.AsNoTracking().Where(d => d.BatchId != null).Select(d => d.BatchId).Distinct().SingleAsync())!.Value;
        await desk.PostAsync("/doublons/lot", $"/doublons/historique?handler=Batch&id={batch}");
        var shown = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync($"/doublons/fusion?{query}&q=noel"));
        var merged = await desk.PostAsync("/doublons/fusion?" + query, "/doublons/fusion", ("ids[0]", $"{ids[0]}"), ("ids[1]", $"{ids[1]}"), ("ids[2]", $"{ids[2]}"));
        var same = await db.Decisions.AsNoTracking().CountAsync(d => d.Verdict == Verdict.Same && d.RevokedAt == null);

        Assert.Contains("Transports Garnier", trial, StringComparison.Ordinal);
        Assert.DoesNotContain("Imprimerie", trial, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, changed.StatusCode);
        Assert.Equal((HttpStatusCode.Redirect, 2), (decided.StatusCode, judged));
        Assert.Equal(3, await db.Matches.AsNoTracking().CountAsync(m => m.Judgement == Judgement.Undecided));
        Assert.Contains("Fusionner ces 3 comptes", shown, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, 2), (merged.StatusCode, same));
    }

    [Fact]
    public async Task A_salesperson_does_not_judge()
    {
        await using var desk = await StewardDesk.OpenAsync(role: "Commercial");

        var answer = await desk.Browser.GetAsync("/doublons");

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }
}
