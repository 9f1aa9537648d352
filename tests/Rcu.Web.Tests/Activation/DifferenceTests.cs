using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Activation;
using Rcu.Jobs;

namespace Rcu.Web.Tests.Activation;

/// <summary>A tool is told what differs from what it holds, under the name it gave, and no mass of it goes without a person's word.</summary>
public class DifferenceTests
{
    [Fact]
    public async Task What_a_tool_took_is_remembered_whole()
    {
        await using var bench = await ActivationBench.StartAsync(people: 2);
        var destination = await bench.ConnectAsync();
        await bench.PushAsync(destination);
        await bench.SayAsync("Directrice", bench.People[0]);

        var run = await bench.PushAsync(destination);

        Assert.Equal((1, 1), (run.Counters["delivered"], run.Counters["unchanged"]));
        await using var db = bench.Open();
        var held = await db.DestinationProfiles.SingleAsync(p => p.ProfileId == bench.People[0].Id);
        Assert.Equal("Directrice", held.Payload!.Value.GetProperty("job_title").GetString());
        Assert.Equal(bench.People[0].Name, held.Name);
    }

    [Fact]
    public async Task A_person_known_to_the_tool_who_joins_another_keeps_what_the_tool_calls_them()
    {
        await using var bench = await ActivationBench.StartAsync(people: 2);
        var destination = await bench.ConnectAsync();
        await bench.PushAsync(destination);
        var (survivor, retired) = (bench.People[0].Id, bench.People[1].Id);
        await using (var db = bench.Open())
        {
            await db.DestinationProfiles.Where(p => p.ProfileId == survivor).ExecuteDeleteAsync();
            await db.DestinationProfiles.Where(p => p.ProfileId == retired).ExecuteUpdateAsync(p => p.SetProperty(x => x.RemoteId, "r-2"));
            await db.Contacts.Where(c => c.Id == retired).ExecuteDeleteAsync();
            await db.Database.ExecuteSqlAsync(
                $"insert into redirects (retired_id, kind, survivor_id, record_ids, retired_at) values ({retired}, 'Contact', {survivor}, array[]::uuid[], now())");
        }

        var run = await bench.PushAsync(destination);

        Assert.Equal((1, 1), (run.Counters["entered"], run.Counters["delivered"]));
        await using var after = bench.Open();
        var held = await after.DestinationProfiles.SingleAsync();
        Assert.Equal((survivor, "r-2"), (held.ProfileId, held.RemoteId));
    }

    [Fact]
    public async Task Of_two_profiles_the_tool_knows_as_one_the_one_that_leaves_takes_nothing_away()
    {
        await using var bench = await ActivationBench.StartAsync(people: 2);
        var destination = await bench.ConnectAsync();
        await bench.PushAsync(destination);
        await using (var db = bench.Open())
        {
            await db.DestinationProfiles.ExecuteUpdateAsync(p => p.SetProperty(x => x.RemoteId, "r-1"));
        }

        await bench.OpposeAsync(bench.People[1]);
        await using (var db = bench.Open())
        {
            await db.Contacts.Where(c => c.Id == bench.People[1].Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.Sources, new List<string> { "web" }));
        }

        await bench.PushAsync(destination);

        Assert.DoesNotContain(bench.Tool.Calls, call => call.Type == "contact.removed");
        await using var after = bench.Open();
        Assert.Equal(bench.People[0].Id, (await after.DestinationProfiles.SingleAsync()).ProfileId);
    }

    [Fact]
    public async Task Fields_reach_the_tool_under_its_names_and_as_they_are_owned()
    {
        await using var bench = await ActivationBench.StartAsync(people: 1);
        var destination = await bench.ConnectAsync();
        await using (var db = bench.Open())
        {
            IReadOnlyList<FieldRule> rules =
            [
                new("email", "mail"), new("name", "nom", Shape: FieldShape.Upper), new("job_title", "fonction", FieldOwner.NeverNull),
                new("job_title", "premiere_fonction", FieldOwner.OnlyIfEmpty), new("job_title", "fonction_de_l_outil", FieldOwner.Tool),
                new("job_title", "fonction_exacte"), new("phone", "tel"), new("nowhere", "rien"), new("account.name", "societe"),
            ];
            await db.Destinations.Where(d => d.Id == destination).ExecuteUpdateAsync(d => d.SetProperty(x => x.Fields, rules));
        }

        await bench.SayAsync("Acheteuse");
        await bench.PushAsync(destination);
        var first = bench.Tool.Profiles[bench.People[0].Id];
        await bench.SayAsync("");
        await bench.PushAsync(destination);
        var empty = bench.Tool.Profiles[bench.People[0].Id];
        await bench.SayAsync(null);
        await bench.PushAsync(destination);
        var unknown = bench.Tool.Profiles[bench.People[0].Id];

        Assert.Equal("PERSONNE 00", first.GetProperty("nom").GetString());
        Assert.Equal("p0@societe.example", first.GetProperty("mail").GetString());
        Assert.False(first.TryGetProperty("rien", out _), "what is not known of is absent");
        Assert.Equal(JsonValueKind.Null, first.GetProperty("tel").ValueKind);
        Assert.Equal(JsonValueKind.Null, first.GetProperty("societe").ValueKind);
        Assert.Equal("Acheteuse, Acheteuse, Acheteuse, Acheteuse", Titles(first));
        Assert.Equal("«», Acheteuse, Acheteuse, «»", Titles(empty));
        Assert.Equal("«», Acheteuse, Acheteuse, null", Titles(unknown));
    }

    [Fact]
    public async Task A_push_that_would_empty_the_tool_waits_for_the_number_to_be_typed()
    {
        await using var bench = await ActivationBench.StartAsync(people: 30);
        var destination = await bench.ConnectAsync();
        await bench.PushAsync(destination);
        await using (var db = bench.Open())
        {
            var gone = bench.People.Take(20).Select(p => p.Id).ToList();
            await db.Contacts.Where(c => gone.Contains(c.Id)).ExecuteUpdateAsync(c => c.SetProperty(x => x.Sources, new List<string> { "web" }));
        }

        var stopped = await bench.PushAsync(destination);
        var state = await bench.DestinationAsync(destination);
        await using var acts = bench.Open();
        var wrong = await bench.ActsOn(acts).GoOnAsync(destination, 19, "test", default);
        var right = await bench.ActsOn(acts).GoOnAsync(destination, 20, "test", default);
        await bench.PushRunAsync(right.Value!.Id);
        var after = await bench.RunAsync(stopped.Id);

        Assert.Equal((RunStatus.Paused, 30, 20, 0), (stopped.Status, stopped.Counters["entered"], stopped.Counters["waiting"], stopped.Counters["delivered"]));
        Assert.Equal(DestinationState.Guarded, state.State);
        Assert.Contains("20 fiches sur les 30", state.StateReason, StringComparison.Ordinal);
        Assert.Equal("destination.wrong_number", wrong.Error!.Code);
        Assert.Equal((RunStatus.Succeeded, 20), (after.Status, after.Counters["delivered"]));
        Assert.Equal(10, bench.Tool.Profiles.Count);
        Assert.Equal(DestinationState.Healthy, (await bench.DestinationAsync(destination)).State);
    }

    [Fact]
    public async Task A_trial_sends_ten_profiles_and_the_push_after_it_the_others()
    {
        await using var bench = await ActivationBench.StartAsync(people: 25);
        var destination = await bench.ConnectAsync();
        await bench.RefreshAsync();
        await using var db = bench.Open();

        var trial = await bench.ActsOn(db).TrialAsync(destination, "test", default);
        await bench.PushRunAsync(trial.Value!.Id);
        var tried = bench.Tool.Profiles.Count;
        var rest = await bench.PushAsync(destination);

        Assert.Equal(10, tried);
        Assert.Equal((25, 10, 15), (rest.Counters["entered"], rest.Counters["unchanged"], rest.Counters["delivered"]));
    }

    [Fact]
    public void A_change_is_given_up_only_after_three_days_and_twelve_tries()
    {
        Assert.False(Patience.IsOver(40, TimeSpan.FromHours(71)));
        Assert.False(Patience.IsOver(11, TimeSpan.FromHours(100)));
        Assert.True(Patience.IsOver(12, TimeSpan.FromHours(72)));
        Assert.Equal(TimeSpan.Zero, Patience.Next(5, asked: null, scatter: 0));
        Assert.InRange(Patience.Next(30, asked: null, scatter: 1), TimeSpan.FromHours(7), TimeSpan.FromHours(8));
        Assert.Equal(TimeSpan.FromHours(1), Patience.Next(1, TimeSpan.FromHours(1), scatter: 1));
    }

    private static readonly string[] Named = ["fonction", "premiere_fonction", "fonction_de_l_outil", "fonction_exacte"];

    private static string Titles(JsonElement told) => string.Join(", ", Named
        .Select(name => told.GetProperty(name).GetString() switch { null => "null", "" => "«»", var text => text }));
}
