using System.Text;
using Microsoft.EntityFrameworkCore;
using Rcu.Activation;
using Rcu.Activation.Connectors.RestHook;
using Rcu.Security;

namespace Rcu.Web.Tests.Activation;

/// <summary>What people and programs do with a tool besides pushing: renew its secret, tell it again, subscribe, and see what presses.</summary>
public class DestinationActsTests
{
    [Fact]
    public async Task Both_secrets_sign_for_a_day_and_then_the_new_one_alone()
    {
        await using var bench = await ActivationBench.StartAsync(people: 1);
        var destination = await bench.ConnectAsync();
        await using var db = bench.Open();
        var fresh = (await bench.ActsOn(db).RotateSecretAsync(destination, "test", default)).Value!;

        await bench.PushAsync(destination);
        bench.Clock.Advance(TimeSpan.FromHours(25));
        await bench.SayAsync("Directrice");
        await bench.PushAsync(destination);

        var (both, alone) = (bench.Tool.Calls.First(), bench.Tool.Calls.Last());
        Assert.Equal(Signed(both, $"{fresh} {ActivationBench.Secret}"), both.Signature);
        Assert.Equal(2, both.Signature.Split(' ').Length);
        Assert.Equal(Signed(alone, fresh), alone.Signature);
    }

    [Fact]
    public async Task What_a_tool_lost_is_told_again_as_it_is_now()
    {
        await using var bench = await ActivationBench.StartAsync(people: 3);
        var destination = await bench.ConnectAsync();
        await bench.PushAsync(destination);
        var since = bench.Clock.GetUtcNow() + TimeSpan.FromMinutes(1);
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.SayAsync("Directrice", bench.People[0]);
        await bench.PushAsync(destination);
        await using var db = bench.Open();

        var replayed = await bench.On(db).ReplayAsync(destination, since, "test", default);
        await bench.PushRunAsync(replayed.Value!.Id);
        var none = await bench.On(db).ReplayAsync(destination, since + TimeSpan.FromDays(1), "test", default);
        var again = await bench.On(db).ResendAsync(destination, bench.People[2].Id, "test", default);
        await bench.PushRunAsync(again.Value!.Id);

        var told = bench.Tool.Calls.Skip(4).Select(call => call.Body).ToList();
        Assert.Equal("delivery.not_found", none.Error!.Code);
        Assert.Equal(2, told.Count);
        Assert.Contains("Directrice", told[0], StringComparison.Ordinal);
        Assert.Contains("p2@societe.example", told[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Telling_everything_again_has_a_cost_that_is_said_and_stops_at_no_guard()
    {
        await using var bench = await ActivationBench.StartAsync(people: 130);
        var destination = await bench.ConnectAsync();
        await using var db = bench.Open();
        await bench.PushAsync(destination);
        await db.Database.ExecuteSqlAsync(
            $"insert into destination_budgets (destination_id, calls, span_ms, tokens, filled_at) values ({destination}, 100, 10000, 0, now())");
        var resync = new Resync(db, bench.Connectors(), bench.On(db), bench.Clock);

        var cost = (await resync.CostAsync(destination, default)).Value!;
        var before = bench.Tool.Calls.Count;
        await db.Database.ExecuteSqlAsync($"delete from destination_budgets");
        var run = await resync.RunAsync(destination, "test", default);
        var during = (await new ActivationLog(db).DestinationAsync(destination, default)).Value!.Present;
        await bench.PushRunAsync(run.Value!.Id);

        Assert.Equal((130, 130, TimeSpan.FromSeconds(13)), (cost.Profiles, cost.Calls, cost.Took));
        Assert.Equal(130, during);
        Assert.Equal(130, bench.Tool.Calls.Count - before);
        Assert.Equal(DestinationState.Healthy, (await bench.DestinationAsync(destination)).State);
    }

    [Fact]
    public async Task A_program_subscribes_and_is_told_until_it_says_gone()
    {
        await using var bench = await ActivationBench.StartAsync(people: 2);
        await using var db = bench.Open();
        var hooks = new RestHooks(db, bench.On(db), bench.Clock);
        var hook = (await hooks.SubscribeAsync(bench.Tool.Url, bench.Segment, "zapier", default)).Value!;
        var twice = (await hooks.SubscribeAsync(bench.Tool.Url, bench.Segment, "zapier", default)).Value!;
        await bench.PushAsync(hook.Id);
        var told = bench.Tool.Profiles.Count;
        await bench.SayAsync("Directrice");
        bench.Tool.Then(410).Then(410).Then(410);
        await bench.PushAsync(hook.Id);

        var ended = await bench.DestinationAsync(hook.Id);
        var other = (await hooks.SubscribeAsync(new Uri("http://127.0.0.1:9/x"), bench.Segment, "make", default)).Value!;
        var left = await hooks.UnsubscribeAsync(other.Id, "make", default);

        Assert.Equal(hook.Id, twice.Id);
        Assert.Equal(2, told);
        Assert.Equal((RestHookConnector.Name, DestinationState.Paused, null), (ended.Kind, ended.State, ended.SegmentId));
        Assert.Null(left.Value!.SegmentId);
        Assert.DoesNotContain(RestHookConnector.Name, bench.On(db).Kinds);
    }

    [Fact]
    public async Task What_presses_is_said_with_its_reason()
    {
        await using var bench = await ActivationBench.StartAsync(people: 30);
        var (revoked, sick) = (await bench.ConnectAsync(), await bench.ConnectAsync());
        bench.Tool.Then(401).Then(401).Then(401);
        await bench.PushAsync(revoked);
        bench.Tool.Judge = _ => new(503);
        await bench.PushAsync(sick);
        bench.Tool.Judge = _ => new(400);
        var refusing = await bench.ConnectAsync();
        await bench.PushAsync(refusing);
        await using var db = bench.Open();

        var alerts = await new DestinationAlerts(db, bench.Clock).ReadAsync(default);

        Assert.Equal(
            [(revoked, DestinationAlertKind.CredentialsNeeded), (sick, DestinationAlertKind.BreakerOpen), (refusing, DestinationAlertKind.ManyRejected)],
            alerts.Select(alert => (alert.Id, alert.Kind)));
        Assert.Contains("refuse nos identifiants", alerts[0].Why, StringComparison.Ordinal);
        Assert.Equal(30, alerts[2].Rejected);
    }

    private static string Signed(Support.FakeCall call, string secrets) =>
        WebhookSignature.Sign(secrets, call.Id, DateTimeOffset.FromUnixTimeSeconds(long.Parse(call.Timestamp)), Encoding.UTF8.GetBytes(call.Body));
}
