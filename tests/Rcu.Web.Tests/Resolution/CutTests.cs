using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Data;
using Rcu.Resolution;
using Rcu.Web.Tests.Pages;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Resolution;

/// <summary>Other cuts are tried on the real records before they are set, and do what the trial said.</summary>
public class CutTests
{
    [Theory]
    [InlineData(ClusterKind.Account, .6, .3)]
    [InlineData(ClusterKind.Contact, .6, .3)]
    public async Task What_a_trial_tells_is_what_the_next_resolution_gives_and_trying_writes_nothing(ClusterKind kind, double automatic, double review)
    {
        await using var hub = await DemoHub.CopyAsync();
        await using var db = hub.Db();
        var before = await LinksAsync(db, kind);

        var trial = (await hub.InAsync(s => s.GetRequiredService<CutReview>().TryAsync(new SetCuts(kind, automatic, review), default))).Value!;
        var untouched = await LinksAsync(db, kind);
        var none = await db.Set<MatchCuts>().CountAsync();
        var set = await hub.InAsync(s => s.GetRequiredService<CutReview>().SetAsync(new SetCuts(kind, automatic, review, "Essai"), "test", default));
        await hub.RunStagesAsync();
        var last = await db.Set<ResolutionRun>().AsNoTracking().Where(r => r.Kind == kind).OrderByDescending(r => r.At).FirstAsync();

        Assert.Equal(before, untouched);
        Assert.Equal((0, 1), (none, set.Value!.Version));
        Assert.Equal(ResolutionScope.Full, last.Scope);
        Assert.True(trial.Joined > 0);
        Assert.Equal((trial.Then.Golden, trial.Then.Automatic, trial.Then.Review), (last.Clusters, last.Automatic, last.Review));
        Assert.All(trial.Examples, e => Assert.True(e is { Left: not null, Right: not null, Sentence.Length: > 0 }));
        Assert.InRange(trial.Examples.Count(e => e.Change is TrialChange.Joined), 1, 10);
        Assert.Equal($"{kind} 1", (await db.Audit.SingleAsync(a => a.Action == "cuts.set")).Subject);
    }

    [Fact]
    public async Task Stricter_cuts_part_what_they_join_today()
    {
        await using var hub = await DemoHub.CopyAsync();

        var trial = (await hub.InAsync(s => s.GetRequiredService<CutReview>().TryAsync(new SetCuts(ClusterKind.Contact, .9999, .9999), default))).Value!;
        var same = (await hub.InAsync(s => s.GetRequiredService<CutReview>().TryAsync(new SetCuts(ClusterKind.Contact, .99, .5), default))).Value!;

        Assert.True(trial.Parted > 0);
        Assert.Equal(0, trial.Joined);
        Assert.True(trial.ToAside > 0);
        Assert.True(trial.Then.Golden > trial.Now.Golden);
        Assert.Contains(trial.Examples, e => e.Change is TrialChange.Parted);
        Assert.True(same.ChangesNothing);
    }

    [Fact]
    public async Task A_steward_tries_cuts_saves_them_and_sees_the_version()
    {
        await using var desk = await StewardDesk.OpenAsync();

        var plain = await desk.Browser.ReadAsync("/doublons/seuils");
        var tried = await desk.Browser.ReadAsync("/doublons/seuils?reunir=95,5&demander=40");
        var senseless = await desk.Browser.GetAsync("/doublons/seuils?reunir=40&demander=95");
        const string page = "/doublons/seuils?reunir=95.5&demander=40";
        var saved = await desk.PostAsync(page, "/doublons/seuils", ("automatic", "95.5"), ("asked", "40"), ("reason", "Essai"), ("version", "0"));
        var late = await desk.PostAsync("/doublons/seuils?reunir=90&demander=40", "/doublons/seuils", ("automatic", "90"), ("asked", "40"), ("version", "0"));
        var after = await desk.Browser.ReadAsync("/doublons/seuils");
        await using var db = desk.Db();

        Assert.DoesNotContain("Ce qui changerait", plain, StringComparison.Ordinal);
        Assert.Contains("Seuils d’origine", plain, StringComparison.Ordinal);
        Assert.Contains("Ce qui changerait", tried, StringComparison.Ordinal);
        Assert.Contains("value=\"95.5\"", tried, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, senseless.StatusCode);
        Assert.Equal("/doublons/seuils", saved.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("Quelqu’un vient de changer les seuils", WebUtility.HtmlDecode(await late.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Contains("Version 1, par lea.martin@exemple.example", after, StringComparison.Ordinal);
        Assert.Equal((.955, .4, "Essai"), await db.Set<MatchCuts>().Select(c => new ValueTuple<double, double, string?>(c.Automatic, c.Review, c.Reason)).SingleAsync());
    }

    private static Task<List<(Guid, Guid)>> LinksAsync(RcuDb db, ClusterKind kind) =>
        db.Links.Where(l => l.Kind == kind).OrderBy(l => l.RecordId).Select(l => new ValueTuple<Guid, Guid>(l.RecordId, l.ClusterId)).ToListAsync();
}
