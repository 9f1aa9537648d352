using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Tests.Insight;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Segmentation;

/// <summary>After an import only the accounts that changed are looked at, where that is enough to know who is in a segment.</summary>
public class SegmentDueTests
{
    private static readonly Condition Watched = new Condition.All(
    [
        new Condition.Compare("city", Operator.Filled, []),
        new Condition.Related("contacts", Quantifier.AtLeast, new Condition.Compare("email_reach", Operator.Is, ["Allowed"])),
    ]);

    private static readonly Condition Summed = new Condition.Computed("documents", Measure.Count, null, new Condition.All([]), Operator.AtLeast, ["1"]);

    // Its scores are computed apart from the rest.
    private static readonly Condition Unwatched = new Condition.All([new Condition.Compare("quality", Operator.AtLeast, ["0"]), Watched]);

    [Fact]
    public async Task The_accounts_that_changed_are_looked_at_and_the_others_only_where_that_is_not_enough()
    {
        await using var hub = await TestHub.StartAsync();
        await using var scope = hub.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        await HoledBase.FillAsync(db);
        db.ChangeTracker.Clear();
        var watched = await MakeAsync(hub, "Suivi", Watched);
        var summed = await MakeAsync(hub, "Somme", Summed);
        var unwatched = await MakeAsync(hub, "Non suivi", Unwatched);
        await StagesAsync(hub);
        await StagesAsync(hub);
        var before = await InsideAsync(db, watched);
        var stranger = await db.Accounts.Where(a => a.Id != Account.Unknown && !before.Contains(a.Id)).OrderBy(a => a.Id).Select(a => a.Id).FirstAsync();
        foreach (var segment in new[] { watched, unwatched })
        {
            db.Add(new SegmentMember { SegmentId = segment, MemberId = stranger, EnteredAt = HoledBase.Now });
        }

        var without = await db.Accounts.Where(a => a.Id != stranger && !db.Documents.Any(d => d.AccountId == a.Id)).OrderBy(a => a.Id).Select(a => a.Id).FirstAsync();
        db.Add(new Document { AccountId = without, Id = Guid.CreateVersion7(), Number = "N1", Type = DocumentType.Invoice, Date = new DateOnly(2026, 3, 1), Net = 5, Source = "erp" });
        await db.SaveChangesAsync();
        var leaves = before[0];
        await db.Contacts.Where(c => c.AccountId == leaves).ExecuteUpdateAsync(c => c.SetProperty(x => x.EmailReach, Reach.Opposed));

        await StagesAsync(hub);

        Assert.Equal([.. before.Where(id => id != leaves).Append(stranger).Order()], await InsideAsync(db, watched));
        Assert.Equal(await MeetingAsync(hub, Summed), await InsideAsync(db, summed));
        Assert.Contains(without, await InsideAsync(db, summed));
        Assert.Equal(await MeetingAsync(hub, Unwatched), await InsideAsync(db, unwatched));
        Assert.Equal((await InsideAsync(db, summed)).Count, await db.Segments.Where(s => s.Id == summed).Select(s => s.MemberCount).SingleAsync());

        // As on the next day.
        await db.Segments.ExecuteUpdateAsync(s => s.SetProperty(x => x.ComputedAt, x => x.ComputedAt!.Value.AddDays(-1)).SetProperty(x => x.UpdatedAt, x => x.UpdatedAt.AddDays(-2)));
        await StagesAsync(hub);
        Assert.Equal(await MeetingAsync(hub, Watched), await InsideAsync(db, watched));
    }

    private static async Task<Guid> MakeAsync(TestHub hub, string name, Condition rule)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<Rcu.Segmentation.Segments>().CreateAsync(new SaveSegment(name, null, SegmentTarget.Accounts, rule), "test", default)).Value!.Id;
    }

    private static async Task StagesAsync(TestHub hub)
    {
        foreach (var stage in new[] { "Insight", "Segmentation" })
        {
            await using var scope = hub.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetServices<IStage>().Single(s => s.Name == stage).RunAsync(new NoProgress(), default);
        }
    }

    private static Task<List<Guid>> InsideAsync(RcuDb db, Guid segment) =>
        db.SegmentMembers.Where(m => m.SegmentId == segment && m.ExitedAt == null).Select(m => m.MemberId).OrderBy(id => id).ToListAsync();

    private static async Task<List<Guid>> MeetingAsync(TestHub hub, Condition rule)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        var compiler = new ConditionCompiler(SegmentSources.Of(AccountScope.Hub, db), DateTimeOffset.UtcNow);
        return await AccountScope.Hub.Accounts(db).Where(compiler.Compile<Account>(rule).Value!).Select(a => a.Id).OrderBy(id => id).ToListAsync();
    }
}
