using System.Text;
using Microsoft.EntityFrameworkCore;
using Rcu.Activation;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Web.Tests.Activation;

/// <summary>Whatever a tool answers, nothing is lost, nothing counts twice, and nobody who said no is sent.</summary>
public class PushTests
{
    [Fact]
    public async Task Members_arrive_once_signed_and_the_balance_is_exact()
    {
        await using var bench = await ActivationBench.StartAsync(people: 5);
        await bench.OpposeAsync(bench.People[0]);
        var destination = await bench.ConnectAsync();

        var first = await bench.PushAsync(destination);
        var second = await bench.PushAsync(destination);

        AssertBalance(first, entered: 5, filtered: 1, unchanged: 0, delivered: 4, waiting: 0, rejected: 0);
        AssertBalance(second, entered: 5, filtered: 1, unchanged: 4, delivered: 0, waiting: 0, rejected: 0);
        Assert.Equal(4, bench.Tool.Calls.Count);
        Assert.Equal(bench.People.Skip(1).Select(p => p.Id).Order(), bench.Tool.Profiles.Keys.Order());
        Assert.All(bench.Tool.Calls, call =>
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(call.Timestamp));
            Assert.Equal(WebhookSignature.Sign(ActivationBench.Secret, call.Id, at, Encoding.UTF8.GetBytes(call.Body)), call.Signature);
        });
    }

    [Fact]
    public async Task A_tool_that_fails_twice_gets_the_same_change_under_the_same_key()
    {
        await using var bench = await ActivationBench.StartAsync(people: 1);
        var destination = await bench.ConnectAsync();
        bench.Tool.Then(500).Then(500);

        var first = await bench.PushAsync(destination);
        var tooSoon = await bench.PushAsync(destination);
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        await bench.PushAsync(destination);
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        var last = await bench.PushAsync(destination);

        AssertBalance(first, entered: 1, filtered: 0, unchanged: 0, delivered: 0, waiting: 1, rejected: 0);
        AssertBalance(tooSoon, entered: 1, filtered: 0, unchanged: 0, delivered: 0, waiting: 1, rejected: 0);
        AssertBalance(last, entered: 1, filtered: 0, unchanged: 0, delivered: 1, waiting: 0, rejected: 0);
        Assert.Equal(3, bench.Tool.Calls.Count);
        Assert.Single(bench.Tool.Calls.Select(call => call.Id).Distinct());
        Assert.Single(bench.Tool.Calls.Select(call => call.Body).Distinct());
        Assert.Equal(DestinationState.Healthy, (await bench.DestinationAsync(destination)).State);
    }

    [Fact]
    public async Task A_refused_profile_is_not_sent_again_until_it_changes_or_a_person_asks()
    {
        await using var bench = await ActivationBench.StartAsync(people: 1);
        var destination = await bench.ConnectAsync();
        bench.Tool.Then(400);

        var refused = await bench.PushAsync(destination);
        bench.Clock.Advance(TimeSpan.FromDays(1));
        var still = await bench.PushAsync(destination);
        var calls = bench.Tool.Calls.Count;
        await using (var db = bench.Open())
        {
            var again = await bench.On(db).ResendAsync(destination, bench.People[0].Id, "test", default);
            await bench.PushRunAsync(again.Value!.Id);
        }

        AssertBalance(refused, entered: 1, filtered: 0, unchanged: 0, delivered: 0, waiting: 0, rejected: 1);
        AssertBalance(still, entered: 1, filtered: 0, unchanged: 0, delivered: 0, waiting: 0, rejected: 1);
        Assert.Equal(1, calls);
        Assert.Single(bench.Tool.Profiles);
    }

    [Fact]
    public async Task A_tool_that_asks_to_wait_is_left_alone_as_long()
    {
        await using var bench = await ActivationBench.StartAsync(people: 1);
        var destination = await bench.ConnectAsync();
        bench.Tool.Then(429, retryAfter: "3600");

        await bench.PushAsync(destination);
        bench.Clock.Advance(TimeSpan.FromMinutes(59));
        await bench.PushAsync(destination);
        var during = bench.Tool.Calls.Count;
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        var after = await bench.PushAsync(destination);

        Assert.Equal(1, during);
        AssertBalance(after, entered: 1, filtered: 0, unchanged: 0, delivered: 1, waiting: 0, rejected: 0);
    }

    [Fact]
    public async Task A_refused_secret_stops_the_destination_and_loses_nothing()
    {
        await using var bench = await ActivationBench.StartAsync(people: 20);
        var destination = await bench.ConnectAsync();
        bench.Tool.Then(401).Then(401).Then(401);

        var stopped = await bench.PushAsync(destination);
        var calls = bench.Tool.Calls.Count;
        var state = (await bench.DestinationAsync(destination)).State;
        await using (var db = bench.Open())
        {
            await bench.On(db).ResumeAsync(destination, "test", default);
        }

        var after = await bench.PushAsync(destination);

        Assert.InRange(calls, 1, 3);
        Assert.Equal(DestinationState.CredentialsNeeded, state);
        AssertBalance(stopped, entered: 20, filtered: 0, unchanged: 0, delivered: 0, waiting: 20, rejected: 0);
        AssertBalance(after, entered: 20, filtered: 0, unchanged: 0, delivered: 20, waiting: 0, rejected: 0);
    }

    [Fact]
    public async Task A_dropped_answer_is_sent_again_and_counts_once()
    {
        await using var bench = await ActivationBench.StartAsync(people: 3);
        var destination = await bench.ConnectAsync();
        bench.Tool.ThenDrop();

        await bench.PushAsync(destination);
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        var after = await bench.PushAsync(destination);

        AssertBalance(after, entered: 3, filtered: 0, unchanged: 2, delivered: 1, waiting: 0, rejected: 0);
        Assert.Equal(4, bench.Tool.Calls.Count);
        Assert.Equal(3, bench.Tool.Effects);
        Assert.Equal(3, bench.Tool.Profiles.Count);
    }

    [Fact]
    public async Task Those_who_leave_or_say_no_are_removed_from_the_tool()
    {
        await using var bench = await ActivationBench.StartAsync(people: 3);
        var destination = await bench.ConnectAsync();
        await bench.PushAsync(destination);
        await bench.OpposeAsync(bench.People[0]);
        await using (var db = bench.Open())
        {
            var gone = bench.People[1].Id;
            await db.Contacts.Where(c => c.Id == gone).ExecuteUpdateAsync(c => c.SetProperty(x => x.Sources, new List<string> { "web" }));
        }

        var run = await bench.PushAsync(destination);

        AssertBalance(run, entered: 3, filtered: 0, unchanged: 1, delivered: 2, waiting: 0, rejected: 0);
        Assert.Equal([bench.People[2].Id], bench.Tool.Profiles.Keys);
        Assert.Equal(2, bench.Tool.Calls.Count(call => call.Type == "contact.removed"));
    }

    [Fact]
    public async Task An_opposition_after_the_plan_is_seen_at_the_moment_of_sending()
    {
        await using var bench = await ActivationBench.StartAsync(people: 2);
        var destination = await bench.ConnectAsync();
        bench.Tool.Then(503).Then(503);
        await bench.PushAsync(destination);
        Run run;
        await using (var db = bench.Open())
        {
            // Planned by a process that died before it sent.
            bench.Clock.Advance(TimeSpan.FromMinutes(5));
            run = new Run { Stage = "Activation", Subject = destination, Label = "Outil", RequestedBy = "test", QueuedAt = bench.Clock.GetUtcNow() };
            run.Count(new Dictionary<string, long> { ["filtered"] = 0, ["unchanged"] = 0 });
            run.Advance(0, 2, "planned");
            db.Runs.Add(run);
            await db.SaveChangesAsync();
            await db.Outbox.ExecuteUpdateAsync(o => o.SetProperty(x => x.RunId, run.Id));
            await db.DestinationProfiles.ExecuteDeleteAsync();
        }

        await bench.OpposeAsync(bench.People[0]);
        await bench.PushRunAsync(run.Id);

        await using var after = bench.Open();
        AssertBalance(await after.Runs.SingleAsync(r => r.Id == run.Id), entered: 2, filtered: 1, unchanged: 0, delivered: 1, waiting: 0, rejected: 0);
        Assert.Equal([bench.People[1].Id], bench.Tool.Profiles.Keys);
    }

    [Fact]
    public async Task A_file_destination_writes_each_profile_once_and_no_formula()
    {
        await using var bench = await ActivationBench.StartAsync(people: 3);
        await using (var db = bench.Open())
        {
            var first = bench.People[0].Id;
            await db.Contacts.Where(c => c.Id == first).ExecuteUpdateAsync(c => c.SetProperty(x => x.Name, "=cmd|' /C calc'!A0"));
        }

        var destination = await bench.ConnectAsync("csv");

        var run = await bench.PushAsync(destination);

        var lines = bench.ExportOf(run.Id).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Contains(lines, line => line.Contains("\"'=cmd|' /C calc'!A0\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_shows_the_exact_text_and_sends_nothing()
    {
        await using var bench = await ActivationBench.StartAsync(people: 12);
        await bench.OpposeAsync(bench.People[0]);
        var destination = await bench.ConnectAsync();
        await using var db = bench.Open();
        var saved = await bench.DestinationAsync(destination);

        var dry = await bench.On(db).DryRunAsync(
            new SaveDestination(saved.Name, saved.Kind, saved.Settings, null, saved.SegmentId), destination, default);

        Assert.Equal(new PlanFigures(12, 1, 0, 11), dry.Value!.Figures);
        Assert.Equal(10, dry.Value.First.Count);
        Assert.Contains("\"type\":\"contact.upserted\"", dry.Value.First[0].Text, StringComparison.Ordinal);
        Assert.Empty(bench.Tool.Calls);
        Assert.False(await db.Outbox.AnyAsync());
    }

    [Fact]
    public async Task A_dry_run_says_nothing_of_a_profile_that_stays_as_it_is()
    {
        await using var bench = await ActivationBench.StartAsync(people: 4);
        var destination = await bench.ConnectAsync();
        await bench.PushAsync(destination);
        await bench.OpposeAsync(bench.People[0]);
        await using var db = bench.Open();
        var saved = await bench.DestinationAsync(destination);

        var dry = await bench.On(db).DryRunAsync(
            new SaveDestination(saved.Name, saved.Kind, saved.Settings, null, saved.SegmentId), destination, default);

        Assert.Equal(new PlanFigures(4, 0, 3, 1), dry.Value!.Figures);
        Assert.Equal([(bench.People[0].Id, PlanVerdict.Remove)], dry.Value.First.Select(line => (line.ProfileId, line.Verdict)));
    }

    private static void AssertBalance(Run run, long entered, long filtered, long unchanged, long delivered, long waiting, long rejected)
    {
        Assert.Equal(RunStatus.Succeeded, run.Status);
        Assert.Equal(
            $"{entered} = {filtered} + {unchanged} + {delivered + waiting + rejected}; {delivered} + {waiting} + {rejected}",
            $"{run.Counters["entered"]} = {run.Counters["filtered"]} + {run.Counters["unchanged"]} + {run.Counters["to_send"]}; "
            + $"{run.Counters["delivered"]} + {run.Counters["waiting"]} + {run.Counters["rejected"]}");
    }
}
