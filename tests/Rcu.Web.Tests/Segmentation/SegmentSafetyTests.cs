using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Segmentation;

/// <summary>A segment never drops what went wrong, follows those it names, and lets nobody out who may not leave.</summary>
public class SegmentSafetyTests
{
    private static readonly Condition Everyone = new Condition.Compare("record_count", Operator.AtLeast, ["0"]);

    [Fact]
    public async Task A_rule_that_breaks_says_why_keeps_its_members_and_stops_no_other()
    {
        await using var hub = await FilledAsync();
        await using var scope = hub.Services.CreateAsyncScope();
        var (segments, db) = (scope.ServiceProvider.GetRequiredService<Segments>(), scope.ServiceProvider.GetRequiredService<RcuDb>());
        var broken = await Made(segments, "Cassé", Everyone);
        var whole = await Made(segments, "Entier", Everyone);
        await db.Database.ExecuteSqlAsync($"update segments set rule = jsonb_build_object('kind', 'compare', 'field', 'colour', 'operator', 'Is', 'values', jsonb_build_array('red')) where id = {broken.Id}");
        await db.Accounts.Where(a => a.Name == "Société 01").ExecuteDeleteAsync();
        db.ChangeTracker.Clear();

        await RunStageAsync(hub);

        var after = (await segments.FindAsync(broken.Id, default)).Value!;
        Assert.Equal("segment.unknown_field", after.BrokenReason?.Code);
        Assert.Equal(["/rule", "colour"], after.BrokenReason?.Values);
        Assert.Equal(broken.MemberCount, after.MemberCount);
        Assert.Equal(whole.MemberCount - 1, (await segments.FindAsync(whole.Id, default)).Value!.MemberCount);
        using var client = await SignedIn.ClientAsync(hub);
        var (list, page) = (await client.GetStringAsync("/segments"), await client.GetStringAsync($"/segments/{broken.Id}"));
        Assert.Contains("Règle en erreur", System.Net.WebUtility.HtmlDecode(list), StringComparison.Ordinal);
        Assert.Contains("Le champ « colour » n’existe pas (/rule)", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);

        var mended = await segments.UpdateAsync(broken.Id, new SaveSegment("Cassé", null, SegmentTarget.Accounts, Everyone), after.Version, "test", default);

        Assert.Null(mended.Value!.BrokenReason);
        Assert.Equal(whole.MemberCount - 1, mended.Value.MemberCount);
    }

    [Fact]
    public async Task Those_picked_by_hand_are_followed_where_a_merge_takes_them()
    {
        await using var hub = await FilledAsync();
        await using var scope = hub.Services.CreateAsyncScope();
        var (segments, db) = (scope.ServiceProvider.GetRequiredService<Segments>(), scope.ServiceProvider.GetRequiredService<RcuDb>());
        var ids = await db.Accounts.OrderBy(a => a.Name).Select(a => a.Id).Take(4).ToListAsync();
        var picked = await Made(segments, "Choisis", new Condition.Compare("id", Operator.OneOf, [$"{ids[0]}", $"{ids[1]}"]));
        await db.Accounts.Where(a => a.Id == ids[0] || a.Id == ids[2]).ExecuteDeleteAsync();
        foreach (var (from, to) in new[] { (ids[0], ids[2]), (ids[2], ids[3]) })
        {
            db.Redirects.Add(new Redirect { RetiredId = from, SurvivorId = to, Kind = ClusterKind.Account, RetiredAt = HoledBase.Now });
        }

        await db.SaveChangesAsync();

        await RunStageAsync(hub);

        var inside = await db.SegmentMembers.Where(m => m.SegmentId == picked.Id && m.ExitedAt == null).Select(m => m.MemberId).ToListAsync();
        Assert.Equal(new[] { ids[1], ids[3] }.Order(), inside.Order());
        var moves = await db.Set<SegmentEvent>().Where(e => e.SegmentId == picked.Id).OrderBy(e => e.Id).Select(e => new { e.MemberId, e.Move }).ToListAsync();
        Assert.Equal(2, moves.Count(m => m.Move is SegmentMove.Entered && ids.Take(2).Contains(m.MemberId)));
        Assert.Contains(moves, m => m.Move is SegmentMove.Left && m.MemberId == ids[0]);
        Assert.Contains(moves, m => m.Move is SegmentMove.Entered && m.MemberId == ids[3]);
        var taken = await scope.ServiceProvider.GetRequiredService<ListedSegments>().RemoveAsync(picked.Id, [ids[3]], null, "test", default);
        Assert.Equal([ids[0]], taken.Value!.Changed);
    }

    [Fact]
    public async Task A_segment_may_look_at_another_but_never_back_at_itself()
    {
        await using var hub = await FilledAsync();
        await using var scope = hub.Services.CreateAsyncScope();
        var segments = scope.ServiceProvider.GetRequiredService<Segments>();
        var first = await Made(segments, "Premier", new Condition.Compare("city", Operator.Is, ["Metz"]));
        var second = await Made(segments, "Second", In(first.Id));

        var back = await segments.UpdateAsync(
            first.Id, new SaveSegment("Premier", null, SegmentTarget.Accounts, new Condition.All([Everyone, new Condition.Any([In(second.Id)])])), first.Version, "test", default);
        var nowhere = await segments.CreateAsync(new SaveSegment("Nulle part", null, SegmentTarget.Accounts, In(Guid.CreateVersion7())), "test", default);
        var used = await segments.ArchiveAsync(first.Id, "test", default);

        Assert.True(first.MemberCount > 0);
        Assert.Equal(first.MemberCount, second.MemberCount);
        Assert.Equal("segment.cycle", back.Error?.Code);
        Assert.Equal(["/rule/of/1/of/0"], back.Error?.Fields?.Keys);
        Assert.Equal("segment.unknown_segment", nowhere.Error?.Code);
        Assert.Equal("segment.used", used.Error?.Code);
    }

    [Fact]
    public async Task Who_may_not_leave_is_left_out_until_someone_says_why()
    {
        await using var hub = await FilledAsync();
        await using var scope = hub.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var (segments, exclusions, db) = (services.GetRequiredService<Segments>(), services.GetRequiredService<SegmentExclusions>(), services.GetRequiredService<RcuDb>());
        var made = await Made(segments, "Tous", Everyone);
        var closed = await db.Accounts.CountAsync(a => a.InseeState == "C" || a.ClosedOn != null);
        var either = await db.Accounts.CountAsync(a => a.InseeState == "C" || a.ClosedOn != null || a.Diffusion == "P");

        var silent = await exclusions.LiftAsync(made.Id, Exclusion.Closed, "oui", "camille", default);
        var before = await LinesAsync(services, made.Id);
        var lifted = await exclusions.LiftAsync(made.Id, Exclusion.Closed, "Recouvrement : le mandataire nous l’a demandé", "camille", default);
        var after = await LinesAsync(services, made.Id);
        var read = (await exclusions.ReadAsync(AccountScope.Hub, made.Id, default)).Value!;

        Assert.Equal("segment.reason_missing", silent.Error?.Code);
        Assert.Equal(made.MemberCount - either, before);
        Assert.Equal(closed, read.Single(e => e.Why is Exclusion.Closed).Members);
        Assert.Equal(("camille", "Recouvrement : le mandataire nous l’a demandé"), (read.Single(e => e.Why is Exclusion.Closed).Lifted?.By, lifted.Value!.Lifted[0].Reason));
        Assert.Equal(made.MemberCount - await db.Accounts.CountAsync(a => a.Diffusion == "P"), after);
        Assert.Equal(1, await db.Audit.CountAsync(a => a.Action == "segment.exclusion_lifted" && a.Who == "camille"));
        await exclusions.PutBackAsync(made.Id, Exclusion.Closed, "camille", default);
        Assert.Equal(before, await LinesAsync(services, made.Id));
    }

    [Fact]
    public async Task Each_account_is_given_its_decision_maker_else_its_payer()
    {
        await using var hub = await FilledAsync();
        await using var scope = hub.Services.CreateAsyncScope();
        var (segments, db) = (scope.ServiceProvider.GetRequiredService<Segments>(), scope.ServiceProvider.GetRequiredService<RcuDb>());
        var made = await Made(segments, "Tous", Everyone);

        var rows = (await scope.ServiceProvider.GetRequiredService<SegmentProjection>().ReadAsync(
            AccountScope.Hub, made.Id, [RoleFunction.DecisionMaker, RoleFunction.Payer], null, 500, default)).Value!;

        Assert.Equal(rows.Count, rows.Select(r => r.AccountId).Distinct().Count());
        Assert.DoesNotContain(rows, r => r.Role is not (null or RoleFunction.DecisionMaker or RoleFunction.Payer));
        var roles = await db.Roles.Where(r => r.Function == RoleFunction.DecisionMaker || r.Function == RoleFunction.Payer).ToListAsync();
        var reached = (await db.Contacts.Where(c => c.EmailReach == Reach.Allowed || c.EmailReach == Reach.NoAddress).Select(c => c.Id).ToListAsync()).ToHashSet();
        foreach (var row in rows)
        {
            var able = roles.Where(r => r.AccountId == row.AccountId && reached.Contains(r.ContactId)).Select(r => r.Function).ToList();
            Assert.Equal(able.Contains(RoleFunction.DecisionMaker) ? RoleFunction.DecisionMaker : able.Contains(RoleFunction.Payer) ? RoleFunction.Payer : null, row.Role);
        }

        Assert.Contains(rows, r => r.Role is RoleFunction.Payer);
    }

    [Fact]
    public async Task An_earlier_version_is_read_and_restored()
    {
        await using var hub = await FilledAsync();
        await using var scope = hub.Services.CreateAsyncScope();
        var segments = scope.ServiceProvider.GetRequiredService<Segments>();
        var made = await Made(segments, "Metz", new Condition.Compare("city", Operator.Is, ["Metz"]));
        var count = made.MemberCount;
        await segments.UpdateAsync(made.Id, new SaveSegment("Tous", null, SegmentTarget.Accounts, Everyone), 1, "camille", default);

        using var client = await SignedIn.ClientAsync(hub);
        var page = System.Net.WebUtility.HtmlDecode(await client.GetStringAsync($"/segments/{made.Id}"));
        using var restored = await client.PostFormAsync($"/segments/{made.Id}", $"/segments/{made.Id}?handler=Restore", [new("earlier", "1"), new("version", "2")]);

        Assert.Contains("Seulement alors", page, StringComparison.Ordinal);
        var now = (await segments.FindAsync(made.Id, default)).Value!;
        Assert.Equal(("Metz", 3, count), (now.Name, now.Version, now.MemberCount));
        Assert.Equal([3, 2, 1], (await segments.VersionsAsync(made.Id, default)).Select(v => v.Version));
    }

    private static Condition.Compare In(Guid segment) => new("segment", Operator.OneOf, [$"{segment}"]);

    private static async Task<int> LinesAsync(IServiceProvider services, Guid segment)
    {
        using var file = new MemoryStream();
        await services.GetRequiredService<SegmentExport>().WriteAsync(AccountScope.Hub, segment, ExportFormat.Csv, file, key => key, default);
        return Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
    }

    private static async Task<Segment> Made(Segments segments, string name, Condition rule)
    {
        var made = await segments.CreateAsync(new SaveSegment(name, null, SegmentTarget.Accounts, rule), "test", default);
        Assert.True(made.Succeeded, made.Error?.Message);
        return made.Value;
    }

    private static async Task RunStageAsync(TestHub hub)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetServices<IStage>().OfType<SegmentStage>().Single().RunAsync(new Silent(), default);
    }

    private static async Task<TestHub> FilledAsync()
    {
        var hub = await TestHub.StartAsync();
        await using var db = HoledBase.Open(hub.ConnectionString);
        await HoledBase.FillAsync(db);
        return hub;
    }

    private sealed class Silent : IStageProgress
    {
        public Task EnterAsync(string stage, CancellationToken ct) => Task.CompletedTask;

        public Task ReportAsync(long done, long? total, CancellationToken ct) => Task.CompletedTask;
    }
}
