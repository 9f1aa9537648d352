using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Benchmarks.Lookup;
using Rcu.Benchmarks.Pages;
using Rcu.Data;
using Rcu.Insight.Boards;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Commands;
using Rcu.Web.Identity;

namespace Rcu.Benchmarks.Counting;

/// <summary>
/// Segments on the base that pages are measured on: a rule counted while it is written, two hundred segments computed again, whole and
/// after ten thousand accounts changed, and the boards. Each beside SQL written by hand, asked of the same base just before.
/// </summary>
internal sealed class SegmentsBenchmark(int accounts)
{
    private const int Times = 60;
    private const int Living = 200;
    private const int Changed = 10_000;

    /// <summary><c>segments</c> for the full base, <c>segments100k</c> for a tenth of it.</summary>
    public string Name { get; } = accounts >= 1_000_000 ? "segments" : $"segments{accounts / 1_000}k";

    public async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var hub = await KeptBase.OpenAsync(data, new PageBase(accounts), ct);
        await HandSql.ScoreAsync(hub, ct);
        (string Id, double Budget, Func<int, SegmentQuestion> Ask)[] counts = [("count.five", 300, SegmentQuestion.Five), ("count.related", 800, SegmentQuestion.Related)];
        foreach (var (id, budget, ask) in counts.Where(one => data.Wants($"{Name}.{one.Id}")))
        {
            yield return await CountAsync(hub, $"{Name}.{id}.p95", budget, ask, ct);
        }

        if (data.Wants($"{Name}.whole") || data.Wants($"{Name}.changed"))
        {
            await DeclareAsync(hub, ct);
            await RefreshAsync(hub, ct);
            var byHand = await HandSql.RefreshAsync(hub.Database, Living, ct);
            hub.Clock.Set(PageBase.End.AddDays(1));
            var whole = await RefreshAsync(hub, ct);
            yield return new Figure($"{Name}.whole", whole, $"s for {Living} segments and the templates", HandSql.Refreshed, whole / byHand).ValueAtMost(120, hard: false);
            await HandSql.ChangeAsync(hub, Changed, ct);
            var changed = await RefreshAsync(hub, ct);
            yield return new Figure($"{Name}.changed", changed, $"s after {Changed} accounts changed", HandSql.Refreshed, changed / byHand).ValueAtMost(60, hard: false);
        }

        if (data.Wants($"{Name}.board"))
        {
            using var node = await WebNode.StartAsync(hub.ConnectionString, data.Folder, "none", ct);
            using var head = await Visitor.SignInAsync(hub, node.Client.BaseAddress!, HubRoles.Admin, ct);
            foreach (var board in Board.All)
            {
                await head.OpenAsync($"/analyse/{board.Name}", isFragment: false, ct);
                yield return await new PageTiming(head, Name).MeasureAsync(new Asking($"board.{board.Name}", 150, [.. Enumerable.Repeat($"/analyse/{board.Name}", 20)]), ct);
            }
        }
    }

    private static async Task<Figure> CountAsync(BenchHub hub, string id, double budget, Func<int, SegmentQuestion> ask, CancellationToken ct)
    {
        List<double> found = [], byHand = [];
        var sampled = 0;
        for (var n = -5; n < Times; n++)
        {
            var question = ask(n + 5);
            var watch = Stopwatch.StartNew();
            var expected = await HandSql.CountAsync(hub.Database, question, ct);
            var hand = watch.Elapsed.TotalMilliseconds;
            await using var request = hub.Services.CreateAsyncScope();
            watch.Restart();
            var counted = await request.ServiceProvider.GetRequiredService<SegmentCounts>().CountAsync(AccountScope.Hub, SegmentTarget.Accounts, question.Rule, ct);
            var took = watch.Elapsed.TotalMilliseconds;
            if (counted.Value is { Sample: not null })
            {
                sampled += n < 0 ? 0 : 1;
            }
            else if (counted.Value?.Total != expected.Total || counted.Value.Reach.Contacts != expected.Contacts)
            {
                throw new InvalidOperationException($"{id} {n}: {counted.Value?.Total} and {counted.Value?.Reach.Contacts} by the hub, {expected} by hand. {counted.Error?.Message}");
            }

            if (n >= 0)
            {
                found.Add(took);
                byHand.Add(hand);
            }
        }

        found.Sort();
        byHand.Sort();
        return new Figure(
            id, found[Times * 95 / 100], $"ms; median {found[Times / 2]:0}, by hand {byHand[Times * 95 / 100]:0}; {sampled} of {Times} took too long and were told of a sample", HandSql.Counted, found[Times / 2] / byHand[Times / 2])
            .ValueAtMost(budget, hard: false);
    }

    private static async Task DeclareAsync(BenchHub hub, CancellationToken ct)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        var known = await db.Segments.Where(s => s.Name.StartsWith("Mesure ")).Select(s => s.Name).ToListAsync(ct);
        for (var n = 0; n < Living; n++)
        {
            var (name, rule) = ($"Mesure {n:000}", SegmentQuestion.Of(n).Rule);
            if (known.Contains(name))
            {
                await db.Segments.Where(s => s.Name == name).ExecuteUpdateAsync(s => s.SetProperty(one => one.Rule, rule).SetProperty(one => one.ArchivedAt, (DateTimeOffset?)null), ct);
                continue;
            }

            db.Segments.Add(new Segment { Name = name, Target = SegmentTarget.Accounts, Rule = rule, CreatedBy = "bench", CreatedAt = hub.Clock.GetUtcNow(), UpdatedAt = hub.Clock.GetUtcNow() });
        }

        await db.SaveChangesAsync(ct);
    }

    private static async Task<double> RefreshAsync(BenchHub hub, CancellationToken ct)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RcuDb>().Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        var stage = scope.ServiceProvider.GetServices<IStage>().Single(s => s.Name == "Segmentation");
        var watch = Stopwatch.StartNew();
        await stage.RunAsync(new StageBars(quiet: true), ct);
        return watch.Elapsed.TotalSeconds;
    }
}
