using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Customers;
using Rcu.Exploration.Desk;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Unification;

namespace Rcu.Web.Tests.Resolution;

/// <summary>What was typed on an account goes where that account goes.</summary>
public class TypedValueMoveTests
{
    private const string By = "léa";

    // The value stands on the account with fewer records, and the decision that tied it to a record was taken back.
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task It_goes_back_with_its_account_when_a_merge_is_undone(bool isOnSurvivor, bool isParted)
    {
        await using var hub = await DemoHub.CopyAsync();
        await using var db = hub.Db();
        var alone = db.Accounts.AsNoTracking().Where(a => a.RecordCount == 1 && a.Siren == null);
        var small = isOnSurvivor ? await alone.OrderBy(a => a.Id).FirstAsync() : await alone.OrderBy(a => a.Id).LastAsync();
        var big = await db.Accounts.AsNoTracking()
            .Where(a => a.RecordCount > 2 && (isOnSurvivor ? a.Id > small.Id : a.Id < small.Id)).OrderBy(a => a.Id).FirstAsync();
        var record = await db.Links.Where(l => l.ClusterId == small.Id && l.Kind == ClusterKind.Account)
            .Join(db.Records.Where(r => r.Kind == RecordKind.Account), l => l.RecordId, r => r.Id, (_, r) => r.Id).SingleAsync();
        var typed = await hub.InAsync(s => s.GetRequiredService<Edits>()
            .SetAccountValueAsync(AccountScope.Hub, small.Id, new EditValue("phone", "01 99 00 12 34"), By, default));
        await hub.RunStagesAsync();
        await db.Decisions.Where(d => d.Reason == "Saisie").ExecuteUpdateAsync(set => set.SetProperty(d => d.RevokedAt, DateTimeOffset.UtcNow));
        await hub.RunStagesAsync();

        var joined = await hub.InAsync(s => s.GetRequiredService<DirectMerges>().MergeAsync(ClusterKind.Account, small.Id, big.Id, null, By, default));
        await hub.RunStagesAsync();
        var merged = await HoldersAsync();
        var isUndone = isParted
            ? (await hub.InAsync(s => s.GetRequiredService<Separations>().PartAsync(ClusterKind.Account, record, null, leaving: null, By, default))).Succeeded
            : (await hub.InAsync(s => s.GetRequiredService<DecisionUndo>().RevokeAsync(joined.Value!.Id, By, default))).Succeeded;
        await hub.RunStagesAsync();

        Assert.True(typed.Succeeded && isUndone);
        Assert.Equal([isOnSurvivor ? small.Id : big.Id], merged);
        Assert.Equal([small.Id], await HoldersAsync());

        Task<List<Guid>> HoldersAsync() => db.Accounts.AsNoTracking().Where(a => a.Phone == "+33199001234").Select(a => a.Id).ToListAsync();
    }
}
