using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Segmentation;

/// <summary>A rule that is being written is counted line by line in one reading, never for long, and no longer than someone waits for it.</summary>
public class SegmentCountsTests
{
    private static readonly Condition Ours = new Condition.All(
    [
        new Condition.Compare("city", Operator.Filled, []),
        new Condition.Related("contacts", Quantifier.AtLeast, new Condition.Compare("email_reach", Operator.Is, ["Allowed"])),
        new Condition.Computed("documents", Measure.Count, null, new Condition.All([]), Operator.AtLeast, ["1"]),
        new Condition.Any([new Condition.Compare("revenue_12m", Operator.Above, ["0"]), new Condition.Compare("headcount", Operator.AtLeast, ["5"])]),
    ]);

    private static readonly Condition Theirs = new Condition.All(
    [
        new Condition.Compare("has_account", Operator.Is, ["true"]), new Condition.Compare("account.city", Operator.Filled, []),
        new Condition.Related("roles", Quantifier.AtLeast, new Condition.All([])),
    ]);

    [Theory]
    [InlineData(SegmentTarget.Accounts)]
    [InlineData(SegmentTarget.Contacts)]
    public async Task Each_line_tells_how_many_it_leaves_and_a_sample_of_all_tells_the_same(SegmentTarget target)
    {
        await using var hub = await TestHub.StartAsync();
        await using var scope = hub.Services.CreateAsyncScope();
        var (counts, db) = (scope.ServiceProvider.GetRequiredService<SegmentCounts>(), scope.ServiceProvider.GetRequiredService<RcuDb>());
        await HoledBase.FillAsync(db);
        var rule = target is SegmentTarget.Accounts ? Ours : Theirs;

        var count = (await counts.CountAsync(AccountScope.Hub, target, rule, default)).Value!;
        var drawn = await counts.SampledAsync(AccountScope.Hub, target, rule, count.At, default);

        Assert.Equal(await Task.WhenAll(rule.Inner.Select((_, n) => AloneAsync(hub, target, new Condition.All([.. rule.Inner.Take(n + 1)])))), count.Steps);
        Assert.InRange(count.Steps[0], 1, count.Everyone - 1);
        Assert.Equal(count.Total, count.Reach.ByPost.Values.Sum());
        Assert.Equal((count.Total, count.Everyone, count.Reach.Contacts), (drawn!.Total, drawn.Everyone, drawn.Reach.Contacts));
        Assert.Equal(count.Steps, drawn.Steps);
        Assert.Equal((null, count.Everyone), (count.Sample, drawn.Sample));
    }

    [Theory]
    [InlineData(SegmentTarget.Accounts, "city")]
    [InlineData(SegmentTarget.Contacts, "job_title")]
    public async Task Each_field_of_the_library_tells_for_how_many_it_is_filled(SegmentTarget target, string field)
    {
        await using var hub = await TestHub.StartAsync();
        await using var scope = hub.Services.CreateAsyncScope();
        await HoledBase.FillAsync(scope.ServiceProvider.GetRequiredService<RcuDb>());

        var filled = await scope.ServiceProvider.GetRequiredService<FieldFills>().ReadAsync(AccountScope.Hub, target, default);

        var with = await AloneAsync(hub, target, new Condition.Compare(field, Operator.Filled, []));
        Assert.Equal(await AloneAsync(hub, target, new Condition.All([])), filled.Rows);
        Assert.Equal((double)with / filled.Rows, filled.Shares[field], 6);
        Assert.All(filled.Shares.Values, share => Assert.InRange(share, 0, 1));
        Assert.DoesNotContain("segment", filled.Shares.Keys);
    }

    [Fact]
    public void What_a_sample_gives_is_told_in_proportion()
    {
        var some = new SegmentCount(5, 100, [50, 5], new SegmentReach(8, new Dictionary<Reach, int> { [Reach.Allowed] = 3 }, new Dictionary<Reach, int>(), new Dictionary<Reach, int>(), 1), default, 7);

        var all = some.Of(20_000);

        Assert.Equal((1_000, 20_000, 100, 1_600, 600, 200), (all.Total, all.Everyone, all.Sample, all.Reach.Contacts, all.Reach.ByEmail[Reach.Allowed], all.Reach.PartialDiffusion));
        Assert.Equal([10_000, 1_000], all.Steps);
    }

    [Fact]
    public async Task A_count_that_takes_too_long_is_refused_and_one_nobody_waits_for_ends_on_the_server()
    {
        await using var hub = await TestHub.StartAsync();
        await using var scope = hub.Services.CreateAsyncScope();
        var counts = scope.ServiceProvider.GetRequiredService<SegmentCounts>();
        await using var other = await scope.ServiceProvider.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await ScalarAsync(other, "lock table accounts, account_facets in access exclusive mode");

        counts.Patience = TimeSpan.FromSeconds(1);
        var slow = await counts.CountAsync(AccountScope.Hub, SegmentTarget.Accounts, Ours, default);
        counts.Patience = TimeSpan.FromSeconds(60);
        using var leaves = new CancellationTokenSource();
        var left = counts.CountAsync(AccountScope.Hub, SegmentTarget.Accounts, Ours, leaves.Token);
        await UntilAsync(other, waiting: 1);
        await leaves.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await UntilAsync(other, waiting: 0);
        Assert.Equal("segment.too_slow", slow.Error?.Code);
    }

    // Another statement cannot be asked on the connection that waits: the one that holds the lock looks.
    private static async Task UntilAsync(NpgsqlConnection connection, long waiting)
    {
        for (var tries = 0; tries < 500; tries++)
        {
            if (await ScalarAsync(connection, "select count(*) from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()") is long now && now == waiting)
            {
                return;
            }

            await ScalarAsync(connection, "select pg_sleep(0.02)");
        }

        Assert.Fail($"There are never {waiting} statements that wait.");
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // constants of this test
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    private static async Task<int> AloneAsync(TestHub hub, SegmentTarget target, Condition rule)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        var compiler = new ConditionCompiler(SegmentSources.Of(AccountScope.Hub, db), DateTimeOffset.UtcNow);
        return target is SegmentTarget.Accounts
            ? await db.Accounts.CountAsync(compiler.Compile<Account>(rule).Value!) : await db.Contacts.CountAsync(compiler.Compile<Contact>(rule).Value!);
    }
}
