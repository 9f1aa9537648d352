using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Unification.Joins;

namespace Rcu.Web.Tests.Resolution;

/// <summary>What a steward joins is one account with all its facts, and what is taken back is as it was.</summary>
public class MergeTests
{
    [Fact]
    public async Task Two_records_judged_the_same_are_one_account_and_the_undo_gives_everything_back()
    {
        await using var hub = await DemoHub.LoadAsync();
        var match = await PairAsync(hub);
        var (survivor, retired) = await AccountsAsync(hub, match);
        var facts = await hub.FactsAsync(survivor, retired);
        var ties = await TieAsync(hub, survivor, retired);
        var before = await hub.PictureAsync();

        var forecast = await hub.InAsync(s => s.GetRequiredService<PairJudgements>().ForecastAsync(match, default));
        var values = new Dictionary<string, string> { ["phone"] = "01 99 00 77 88" };
        var judged = await hub.InAsync(s => s.GetRequiredService<PairJudgements>().JudgeAsync(match.Id, new JudgePair(Judgement.Same, null, values), "léa", default));
        await hub.RunStagesAsync();

        Assert.True(judged.Succeeded, judged.Error?.Message);
        Assert.Equal((survivor, survivor), await AccountsAsync(hub, match));
        Assert.Equal(facts, await hub.FactsAsync(survivor));
        Assert.Equal("0 0 0 0", await hub.FactsAsync(retired));
        await using (var db = hub.Db())
        {
            Assert.Equal(survivor, (await db.Set<Redirect>().SingleAsync(r => r.RetiredId == retired)).SurvivorId);
            Assert.False(await db.Accounts.AnyAsync(a => a.Id == retired));
            Assert.Equal(survivor, (await db.CapitalLinks.SingleAsync()).ParentId);
            var account = await db.Accounts.SingleAsync(a => a.Id == survivor);
            Assert.Equal(("+33199007788", "saisie"), (account.Phone, account.Origins["phone"].Source));
            Assert.Equal((survivor, retired, account.Name), (forecast!.SurvivorId, forecast.RetiredId, forecast.Name));
            Assert.All(
                forecast.Values.Where(v => v.Key is not "phone"),
                v => Assert.Equal((v.Value.Value, v.Value.Rule), (account.Origins[v.Key].Value, account.Origins[v.Key].Rule)));
        }

        var undone = await hub.ReviewAsync(review => review.UndoAsync(match.Id, "léa", default));

        Assert.True(undone.Succeeded, undone.Error?.Message);
        Assert.Equal((survivor, retired), await AccountsAsync(hub, match));
        Assert.Equal(before, await hub.PictureAsync());
        await using var after = hub.Db();
        Assert.Equal(ties, await after.CapitalLinks.OrderBy(l => l.Id).Select(l => $"{l.ParentId} {l.ChildId} {l.Percentage} {l.Source}").ToListAsync());
        Assert.False(await after.Set<Redirect>().AnyAsync(r => r.RetiredId == retired));
        Assert.True(await after.Matches.AnyAsync(m => m.Id == match.Id && m.Judgement == Judgement.Undecided && m.ClosedAt == null));
    }

    [Fact]
    public async Task Two_records_judged_different_or_of_two_sirens_stay_two()
    {
        await using var hub = await DemoHub.LoadAsync();
        var match = await PairAsync(hub);
        var before = await hub.PictureAsync();

        // Who cannot tell leaves the word to another, whose word is the last.
        var unsure = await hub.InAsync(s => s.GetRequiredService<MatchReview>().JudgeAsync(match.Id, new JudgeMatch(Judgement.Unsure), "paul", default));
        var judged = await hub.ReviewAsync(review => review.JudgeAsync(match.Id, new JudgeMatch(Judgement.Different), "léa", default));
        var late = await hub.ReviewAsync(review => review.JudgeAsync(match.Id, new JudgeMatch(Judgement.Same), "paul", default));

        Assert.True(unsure.Succeeded, unsure.Error?.Message);
        Assert.Equal(ErrorKind.Conflict, late.Error?.Kind);

        Assert.True(judged.Succeeded, judged.Error?.Message);
        var (one, other) = await AccountsAsync(hub, match);
        Assert.NotEqual(one, other);
        Assert.Equal(before, await hub.PictureAsync());
        await using var db = hub.Db();
        Assert.Equal(Judgement.Different, (await db.Matches.SingleAsync(m => m.Id == match.Id)).Judgement);

        var sirens = await TwoSirensAsync(hub);
        var refused = await hub.ReviewAsync(review => review.JudgeAsync(sirens, new JudgeMatch(Judgement.Same), "léa", default));

        // Even when only their accounts bear the two numbers, and the engine saw none.
        await db.Matches.Where(m => m.Id == sirens).ExecuteUpdateAsync(m => m.SetProperty(x => x.Veto, (string?)null));
        var compared = await hub.InAsync(s => s.GetRequiredService<MatchComparison>().FindAsync(sirens, default));
        var still = await hub.ReviewAsync(review => review.JudgeAsync(sirens, new JudgeMatch(Judgement.Same), "léa", default));

        Assert.Equal(ResolutionErrors.TwoSirens, refused.Error);
        Assert.Equal(ResolutionErrors.TwoSirens, still.Error);
        Assert.False(compared.Value!.MayBeJoined);
        Assert.True((await hub.InAsync(s => s.GetRequiredService<MatchComparison>().FindAsync(match.Id, default))).Value!.MayBeJoined);
        Assert.Equal(before, await hub.PictureAsync());
    }

    [Fact]
    public async Task A_record_parted_from_its_account_takes_its_facts_back()
    {
        await using var hub = await DemoHub.LoadAsync();
        var match = await PairAsync(hub);
        var before = await hub.PictureAsync();
        var (survivor, retired) = await AccountsAsync(hub, match);
        var parted = await hub.AccountOfAsync(match.LeftRecordId) == retired ? match.LeftRecordId : match.RightRecordId;
        await hub.ReviewAsync(review => review.JudgeAsync(match.Id, new JudgeMatch(Judgement.Same), "léa", default));

        var unmerged = await hub.ReviewAsync(review => review.UnmergeAsync(ClusterKind.Account, parted, "Deux sociétés", "léa", default));
        await hub.RunStagesAsync();

        Assert.True(unmerged.Succeeded, unmerged.Error?.Message);
        Assert.Equal(retired, await hub.AccountOfAsync(parted));
        Assert.Equal((survivor, retired), await AccountsAsync(hub, match));
        Assert.Equal(before, await hub.PictureAsync());
    }

    // The younger account owns part of the older, and all of a third; what cannot be is refused.
    private static async Task<List<string>> TieAsync(DemoHub hub, Guid survivor, Guid retired)
    {
        await using var db = hub.Db();
        var third = await db.Accounts.Where(a => a.Id != survivor && a.Id != retired).OrderBy(a => a.Id).Select(a => a.Id).FirstAsync();
        Task<Result<AccountTie>> Declare(Guid parent, Guid child, decimal? share) => hub.InAsync(s => s.GetRequiredService<AccountTies>()
            .DeclareAsync(AccountScope.Hub, new DeclareTie(parent, child, Percentage: share, Reason: "Kbis"), "léa", default));

        var declared = new[] { await Declare(retired, survivor, 60), await Declare(retired, third, 100) };
        var wrong = await Declare(survivor, third, 10);
        var retiredTie = await hub.InAsync(s => s.GetRequiredService<AccountTies>().RetireAsync(wrong.Succeeded ? wrong.Value!.Id : Guid.Empty, "léa", default));

        Assert.All(declared, tie => Assert.True(tie.Succeeded, tie.Error?.Message));
        Assert.Equal("tie.over_hundred", wrong.Error?.Code);
        Assert.Equal(TieErrors.NotFound, retiredTie.Error);
        Assert.Equal(TieErrors.Reversed, (await Declare(survivor, retired, null)).Error);
        Assert.Equal(TieErrors.Known, (await Declare(retired, third, 100)).Error);
        return [.. declared.Zip([survivor, third], (tie, child) => $"{retired} {child} {tie.Value!.Percentage:0.00} saisie")];
    }

    // A pair of the queue, each alone in its account, whose younger account owns facts: that is the one to be retired.
    private static async Task<Match> PairAsync(DemoHub hub)
    {
        await using var db = hub.Db();
        return await db.Matches.FromSql(
            $"""
            select m.* from matches m
            join links l on l.record_id = m.left_record_id and l.kind = 'Account'
            join links r on r.record_id = m.right_record_id and r.kind = 'Account'
            join accounts a on a.id = l.cluster_id
            join accounts b on b.id = r.cluster_id
            where m.kind = 'Account' and m.judgement = 'Undecided' and m.closed_at is null and m.veto is null
              and a.record_count = 1 and b.record_count = 1
              and (exists (select from documents d where d.account_id = greatest(l.cluster_id, r.cluster_id))
                or exists (select from opportunities o where o.account_id = greatest(l.cluster_id, r.cluster_id)))
            """)
            .AsNoTracking().OrderByDescending(m => m.Weight).FirstAsync();
    }

    // The older account first.
    private static async Task<(Guid Survivor, Guid Retired)> AccountsAsync(DemoHub hub, Match match)
    {
        var (one, other) = (await hub.AccountOfAsync(match.LeftRecordId), await hub.AccountOfAsync(match.RightRecordId));
        return one.CompareTo(other) <= 0 ? (one, other) : (other, one);
    }

    private static async Task<Guid> TwoSirensAsync(DemoHub hub)
    {
        await using var db = hub.Db();
        var records = await db.Database.SqlQuery<Guid>(
            $"""
            select distinct on (fields ->> 'siren') id as "Value" from records
            where kind = 'Account' and fields ->> 'siren' is not null order by fields ->> 'siren', id limit 2
            """).ToListAsync();
        records.Sort();
        var match = new Match
        {
            Kind = ClusterKind.Account,
            LeftRecordId = records[0],
            RightRecordId = records[1],
            Probability = .6,
            Weight = 1,
            Rule = "name",
            Veto = Rcu.Matching.Vetoes.Siren,
            Sentence = "Même nom.",
            FoundAt = DateTimeOffset.UtcNow,
        };
        db.Matches.Add(match);
        await db.SaveChangesAsync();
        return match.Id;
    }
}
