using System.Net;
using Microsoft.EntityFrameworkCore;
using Rcu.Matching;
using Rcu.Resolution;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>What the duplicates' desk tells beside its queue: measured quality, splits to decide, why a pair is likely.</summary>
public class DeskPagesTests
{
    [Fact]
    public async Task Quality_is_not_told_before_it_is_measured_and_then_with_its_margin()
    {
        await using var desk = await StewardDesk.OpenAsync();
        await using var db = desk.Db();

        var before = await desk.Browser.ReadAsync("/doublons");
        await db.Database.ExecuteSqlAsync($"update matches set band = 'Automatic', judgement = 'Same', judged_by = 'paul', judged_at = now() where id = {desk.Pairs[0].Id}");
        await db.Database.ExecuteSqlAsync($"update matches set judgement = 'Different', judged_by = 'paul', judged_at = now() where id = {desk.Pairs[1].Id}");
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into resolutions (id, kind, scope, at, records, clusters, automatic, review, rejected, corrected, held)
            values (gen_random_uuid(), 'Account', 'Full', now(), 6, 5, 40, 2, 0, 0, 0)
            """);
        var after = await desk.Browser.ReadAsync("/doublons");

        Assert.Contains("Pas encore mesurable", before, StringComparison.Ordinal);
        Assert.Matches(@"Précision des réunions automatiques</dt>\s*<dd>100,0\s%\s\(à 95 % : entre \d", after);
        Assert.Contains("1 paire contrôlée sur 40 réunies", after, StringComparison.Ordinal);
        Assert.Matches(@"Doublons réunis sans vous demander</dt>\s*<dd>[\d,]+\s%\s\(à 95 %", after);
        Assert.Contains("Elle n’a rien eu à corriger", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_split_is_told_with_both_sides_and_kept_or_parted_for_good()
    {
        await using var desk = await StewardDesk.OpenAsync();
        await using var db = desk.Db();
        var (kept, parted) = (desk.Pairs[0].LeftRecordId, desk.Pairs[0].RightRecordId);
        var split = new Split
        {
            Kind = ClusterKind.Account,
            ClusterId = (await db.Links.SingleAsync(l => l.RecordId == kept)).ClusterId,
            KeptRecordIds = [kept],
            PartedRecordIds = [parted],
            Reason = "Lieux différents : 12 % de chances.",
            FoundAt = DateTimeOffset.UtcNow,
        };
        db.Add(split);
        await db.SaveChangesAsync();

        var shown = await desk.Browser.ReadAsync("/doublons/separations");
        var queue = await desk.Browser.ReadAsync("/doublons");
        var answer = await desk.PostAsync("/doublons/separations", $"/doublons/separations?handler=Part&id={split.Id}");
        var after = await desk.Browser.ReadAsync("/doublons/separations");
        var decision = await db.Decisions.SingleAsync();

        Assert.Contains("Lieux différents : 12 % de chances.", shown, StringComparison.Ordinal);
        Assert.Matches("Reste</h3>[\\s\\S]*Transports Garnier[\\s\\S]*Partirait</h3>[\\s\\S]*Transports Garnier", shown);
        Assert.Matches(@"Séparations\s+<span class=""count"">1</span>", queue);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("Aucune séparation à décider", after, StringComparison.Ordinal);
        Assert.Equal((Verdict.Different, StewardDesk.Email), (decision.Verdict, decision.DecidedBy));
    }

    [Fact]
    public async Task A_comparison_tells_what_rarity_adds_the_rule_that_found_the_pair_and_what_forbids_to_join_it()
    {
        await using var desk = await StewardDesk.OpenAsync();

        var likely = await desk.Browser.ReadAsync($"/doublons/{desk.Pairs[0].Id}");
        var forbidden = await desk.Browser.ReadAsync($"/doublons/{desk.Pairs[2].Id}");

        Assert.Matches(@"class=""rarity"">[^<]*\+3,1", likely);
        Assert.Contains("name+place", likely, StringComparison.Ordinal);
        Assert.DoesNotContain("shield-lock", likely, StringComparison.Ordinal);
        Assert.Matches(@"shield-lock""\s*/?></use></svg>[^<]*deux SIREN valides différents", forbidden);
    }

    [Fact]
    public async Task Reasons_are_told_in_words_and_no_field_by_the_name_it_has_in_the_base()
    {
        await using var desk = await StewardDesk.OpenAsync();
        await using var db = desk.Db();
        await db.Matches.Where(m => m.Id == desk.Pairs[0].Id).ExecuteUpdateAsync(set => set.SetProperty(
            m => m.Evidence, (IReadOnlyList<Evidence>)[new("naf", "4941a", "4941a", "same", 5, 1), new("country", "fr", "fr", "same", 2, 0)]));

        var queue = await desk.Browser.ReadAsync("/doublons");
        var pair = await desk.Browser.ReadAsync($"/doublons/{desk.Pairs[0].Id}");

        Assert.Contains("même code NAF, même pays", queue, StringComparison.Ordinal);
        Assert.Contains("même code NAF", pair, StringComparison.Ordinal);
        Assert.DoesNotContain("valeur : Code NAF", queue + pair, StringComparison.Ordinal);
    }
}
