using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Unification.Locks;
using Rcu.Web.Tests.Resolution;

namespace Rcu.Web.Tests.Unification;

/// <summary>What a steward decides of one field holds, gives way as it was told to, goes with its record, and is seen in the past.</summary>
public sealed class ValueLocksTests : IAsyncLifetime
{
    private const string Steward = "steward@example";

    private static readonly string[] Alone = ["naf", "legal_form", "website", "brand", "usual_name"];

    private DemoHub _hub = null!;

    public async Task InitializeAsync() => _hub = await DemoHub.CopyAsync();

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task A_lock_holds_is_lifted_and_both_are_in_the_history_of_the_field()
    {
        var (before, field) = await DisputedAsync();
        var (first, other) = (before.Origins[field], before.Origins[field].Lost.First(l => l.Value != before.Origins[field].Value && l.Source != before.Origins[field].Source));

        Assert.Equal("lock.not_said", (await SetAsync(before.Id, new LockValue(field, "+33999999999", null, "?"))).Error?.Code);
        Assert.Equal("lock.nothing", (await SetAsync(before.Id, new LockValue("nothing", null, null, "?"))).Error?.Code);
        Assert.Equal(ErrorKind.Stale, (await SetAsync(before.Id, new LockValue(field, null, null, "?", Version: before.Version + 1))).Error?.Kind);
        Assert.Equal("lock.over", (await SetAsync(before.Id, new LockValue(field, null, null, "?", new DateOnly(2020, 1, 1)))).Error?.Code);
        var set = await SetAsync(before.Id, new LockValue(field, other.Value, null, "Le standard a changé"));
        Assert.True(set.Succeeded, set.Error?.Message);
        await _hub.RunStagesAsync();
        var locked = await AccountAsync(before.Id);
        var edited = await _hub.InAsync(hub => hub.GetRequiredService<Edits>()
            .SetAccountValueAsync(AccountScope.Hub, before.Id, new EditValue(field, first.Value), Steward, default));
        var (_, history) = await PastAsync(before.Id, field);
        var lifted = await _hub.InAsync(hub => hub.GetRequiredService<ValueLocks>().LiftAsync(AccountScope.Hub, ClusterKind.Account, before.Id, field, Steward, default));
        await _hub.RunStagesAsync();

        Assert.Equal((other.Value, "locked"), Of(locked, field));
        Assert.Equal("lock.locked", edited.Error?.Code);
        Assert.True(lifted.Succeeded);
        Assert.Equal((first.Value, first.Rule), Of(await AccountAsync(before.Id), field));
        Assert.Equal([other.Value, first.Value], history.Take(2).Select(h => h.Origin?.Value));
        Assert.Equal(first.Value, (await PastAsync(before.Id, field)).History[0].Origin?.Value);
    }

    [Fact]
    public async Task A_lock_gives_way_when_its_source_moves_and_when_its_last_day_is_over()
    {
        var (before, field) = await DisputedAsync();
        var (first, other) = (before.Origins[field], before.Origins[field].Lost.First(l => l.Value != before.Origins[field].Value && l.Source != before.Origins[field].Source));
        await SetAsync(before.Id, new LockValue(field, other.Value, null, "Essai", UntilMoved: true));
        await _hub.RunStagesAsync();
        var locked = await AccountAsync(before.Id);

        await SayAsync(before.Id, first.RecordId, field, $"{first.Value} autre");
        var moved = await AccountAsync(before.Id);
        await SayAsync(before.Id, first.RecordId, field, first.Value!);
        var back = await AccountAsync(before.Id);
        await using (var db = _hub.Db())
        {
            await db.Set<ValueLock>().ExecuteUpdateAsync(l => l.SetProperty(x => x.ExpiresOn, new DateOnly(2020, 1, 1)));
        }

        await _hub.RunStagesAsync();
        var after = await AccountAsync(before.Id);

        Assert.Equal((other.Value, "locked"), Of(locked, field));
        Assert.Equal("moved", moved.Origins[field].Rule);
        Assert.Equal((other.Value, "locked"), Of(back, field));
        Assert.Equal((first.Value, first.Rule), Of(after, field));
    }

    [Fact]
    public async Task A_lock_goes_with_its_record_when_it_is_parted_from_the_others()
    {
        var (before, field) = await DisputedAsync();
        var other = before.Origins[field].Lost.First(l => l.Value != before.Origins[field].Value && l.Source != before.Origins[field].Source);
        await SetAsync(before.Id, new LockValue(field, other.Value, null, "Essai"));
        await _hub.RunStagesAsync();

        var parted = await _hub.ReviewAsync(review => review.UnmergeAsync(ClusterKind.Account, other.RecordId, null, Steward, default));

        Assert.True(parted.Succeeded, parted.Error?.Message);
        var own = await AccountAsync(await _hub.AccountOfAsync(other.RecordId));
        await using var db = _hub.Db();
        var rest = await db.Accounts.AsNoTracking().Where(a => a.Id != own.Id && (a.Id == before.Id || db.Redirects.Any(r => r.RetiredId == before.Id && r.SurvivorId == a.Id))).ToListAsync();
        Assert.Equal((other.Value, "locked"), Of(own, field));
        Assert.All(rest, a => Assert.NotEqual("locked", a.Origins.GetValueOrDefault(field)?.Rule));
    }

    [Fact]
    public async Task What_a_row_was_now_is_what_it_is_and_before_anything_was_said_it_was_nothing()
    {
        await using var db = _hub.Db();
        var accounts = await db.Accounts.AsNoTracking().OrderByDescending(a => a.RecordCount).ThenBy(a => a.Id).Take(40).ToListAsync();
        var contacts = await db.Contacts.AsNoTracking().OrderByDescending(c => c.RecordCount).ThenBy(c => c.Id).Take(40).ToListAsync();
        foreach (var (kind, id, origins) in accounts.Select(a => (ClusterKind.Account, a.Id, a.Origins)).Concat(contacts.Select(c => (ClusterKind.Contact, c.Id, c.Origins))))
        {
            var sheet = await _hub.InAsync(hub => hub.GetRequiredService<Past>().CompareAsync(AccountScope.Hub, kind, id, new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), null, default));

            Assert.True(sheet.Succeeded, sheet.Error?.Message);
            Assert.All(sheet.Value.Fields, field => Assert.Null(field.Then));
            Assert.Equal(
                origins.Where(o => !CustomField.IsReserved(o.Key)).OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key} {o.Value.Value} {o.Value.RecordId} {o.Value.Rule}"),
                sheet.Value.Fields.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name} {f.Later?.Value} {f.Later?.RecordId} {f.Later?.Rule}"));
        }

        Assert.Equal("past.not_yet", (await _hub.InAsync(hub => hub.GetRequiredService<Past>().CompareAsync(
            AccountScope.Hub, ClusterKind.Account, accounts[0].Id, new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero), null, default))).Error?.Code);
    }

    // An account of which two sources say different things, in a field that stands alone.
    private async Task<(Account Account, string Field)> DisputedAsync()
    {
        await using var db = _hub.Db();
        var accounts = await db.Accounts.AsNoTracking().Where(a => a.RecordCount > 2).OrderBy(a => a.Name).ThenBy(a => a.Id).ToListAsync();
        return accounts.SelectMany(a => Alone.Select(field => (a, field)))
            .First(one => one.a.Origins.GetValueOrDefault(one.field) is { } origin && origin.Lost.Any(l => l.Value != origin.Value && l.Source != origin.Source));
    }

    private static (string?, string) Of(Account account, string field) => (account.Origins[field].Value, account.Origins[field].Rule);

    private async Task<Account> AccountAsync(Guid id)
    {
        await using var db = _hub.Db();
        return await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == id);
    }

    private Task<Result<ValueLock>> SetAsync(Guid id, LockValue command) =>
        _hub.InAsync(hub => hub.GetRequiredService<ValueLocks>().SetAsync(AccountScope.Hub, ClusterKind.Account, id, command, Steward, default));

    private async Task<(PastSheet Sheet, IReadOnlyList<PastValue> History)> PastAsync(Guid id, string field) => await _hub.InAsync(async hub => (
        (await hub.GetRequiredService<Past>().CompareAsync(AccountScope.Hub, ClusterKind.Account, id, DateTimeOffset.UnixEpoch, null, default)).Value!,
        (await hub.GetRequiredService<Past>().HistoryAsync(AccountScope.Hub, ClusterKind.Account, id, field, default)).Value!));

    // A source that says something else: its record is written as the cleaning would.
    private async Task SayAsync(Guid account, Guid record, string field, string value)
    {
        await using (var db = _hub.Db())
        {
            await db.Database.ExecuteSqlAsync($"update records set fields = fields || jsonb_build_object({field}::text, {value}::text), changed_at = now() where id = {record}");
            await db.Database.ExecuteSqlAsync($"insert into stale_clusters (kind, cluster_id) values ('Account', {account}) on conflict do nothing");
        }

        await _hub.RunStagesAsync();
    }
}
