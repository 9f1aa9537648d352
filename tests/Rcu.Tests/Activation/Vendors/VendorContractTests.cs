using Rcu.Activation;
using Rcu.Segmentation;

namespace Rcu.Tests.Activation.Vendors;

/// <summary>What every destination promises, whatever its vendor: one suite, before a simulator that enforces the vendor's contract.</summary>
public abstract class VendorContractTests
{
    [Fact]
    public async Task People_are_created_updated_and_removed()
    {
        await using var trial = await StartAsync();
        var first = await trial.LearnAsync(Told.Person(1), Told.Person(2));
        await trial.LearnAsync(first[0].Now(Told.Person(1, job: "Présidente")));
        await trial.DeliverAsync(first[1].Gone());

        Assert.Equal(
            [("camille.durand1@societe.fr", "Présidente", true), ("camille.durand2@societe.fr", "Directrice", false)],
            trial.People.OrderBy(p => p.Email).Select(p => (p.Email, p.Job!, p.IsIn)));
    }

    [Fact]
    public async Task The_same_change_twice_makes_one_person()
    {
        await using var trial = await StartAsync();
        await trial.DeliverAsync(Told.Person(1));
        trial.Clock.Advance(TimeSpan.FromMinutes(1));
        await trial.DeliverAsync(Told.Person(1));

        Assert.Single(trial.People);
    }

    [Fact]
    public async Task A_changed_address_makes_no_twin()
    {
        await using var trial = await StartAsync();
        var known = await trial.LearnAsync(Told.Person(1), Told.Person(2));
        await trial.LearnAsync(known[0].Now(Told.Person(1, email: "camille.roy@societe.fr")));

        Assert.Equal(["camille.durand2@societe.fr", "camille.roy@societe.fr"], trial.People.Where(p => p.IsIn).Select(p => p.Email).Order());
    }

    [Fact]
    public async Task What_is_empty_now_is_emptied_and_what_was_never_told_is_left()
    {
        await using var trial = await StartAsync();
        var known = await trial.LearnAsync(Told.Person(1));
        await trial.DeliverAsync(known[0].Now(Told.Person(1, job: null)));
        var emptied = trial.People.Single().Job;

        await using var other = await StartAsync();
        await other.DeliverAsync(Told.Person(1));
        await other.DeliverAsync(Told.Person(1, job: null));

        Assert.True(string.IsNullOrEmpty(emptied));
        Assert.Equal("Directrice", other.People.Single().Job);
    }

    [Fact]
    public async Task One_wrong_row_stops_no_other()
    {
        await using var trial = await StartAsync();
        var outcomes = await trial.DeliverAsync(Told.Person(1), Told.Person(2, email: trial.WrongEmail), Told.Person(3));

        Assert.Equal([typeof(Outcome.Delivered), typeof(Outcome.Rejected), typeof(Outcome.Delivered)], outcomes.Select(o => o.GetType()));
        Assert.Equal(2, trial.People.Count(p => p.IsIn));
    }

    [Fact]
    public async Task A_tool_that_asks_to_wait_says_how_long_and_the_rest_waits()
    {
        await using var trial = await StartAsync();
        trial.Simulator.Faults.Then(429, retryAfter: "7");

        var outcomes = await trial.DeliverAsync(Told.People(3));
        var waited = outcomes.OfType<Outcome.RetryAfter>().First();
        trial.Clock.Advance(TimeSpan.FromSeconds(7));
        var after = await trial.DeliverAsync(Told.People(3));

        Assert.Equal(AsksHowLong ? TimeSpan.FromSeconds(7) : null, waited.Delay);
        Assert.All(after, outcome => Assert.IsType<Outcome.Delivered>(outcome));
        Assert.Equal(3, trial.People.Count());
    }

    [Fact]
    public async Task A_broken_tool_is_tried_again()
    {
        await using var trial = await StartAsync();
        trial.Simulator.Faults.Then(500);

        var outcomes = await trial.DeliverAsync(Told.Person(1));

        Assert.IsType<Outcome.RetryAfter>(outcomes[0]);
        Assert.Empty(trial.People);
    }

    [Fact]
    public async Task A_revoked_secret_is_said_and_changes_nothing()
    {
        await using var trial = await StartAsync();
        trial.Simulator.Faults.IsTokenRevoked = true;

        var outcomes = await trial.DeliverAsync(Told.People(3));
        var tested = await trial.TestAsync();

        Assert.All(outcomes, outcome => Assert.IsType<Outcome.CredentialsRefused>(outcome));
        Assert.Equal("destination.credentials_refused", tested.Error!.Code);
        Assert.Empty(trial.People);
    }

    [Fact]
    public async Task A_renamed_field_is_named_and_stops_all()
    {
        await using var trial = await StartAsync();
        trial.Simulator.Faults.MissingField = trial.JobField;

        var outcomes = await trial.DeliverAsync(Told.People(2));
        var tested = await trial.TestAsync();

        Assert.All(outcomes, outcome => Assert.Contains(trial.JobField, Assert.IsType<Outcome.Closed>(outcome).Why, StringComparison.Ordinal));
        Assert.Contains(trial.JobField, tested.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_fields_a_person_chose_are_told_alone_and_the_tool_says_which_it_has()
    {
        await using var trial = await StartAsync();
        var known = await trial.LearnAsync(Told.Person(1, job: null).With((trial.JobField, "Gérante")));
        var first = trial.People.Single();
        await trial.LearnAsync(known[0].Now(Told.Person(1).With((trial.JobField, "Présidente"))));
        var then = trial.People.Single();
        var there = await trial.FieldsAsync();
        trial.Simulator.Faults.MissingField = trial.JobField;

        Assert.Equal(("Gérante", "Présidente"), (first.Job, then.Job));
        Assert.Contains(trial.JobField, there.Value!);
        Assert.DoesNotContain(trial.JobField, (await trial.FieldsAsync()).Value!);
        Assert.All(((IFieldedConnector)trial.Connector).UsualFields(accounts: false), rule => Assert.Contains(rule.Field, HubFields.Of(SegmentTarget.Contacts)));
    }

    [Fact]
    public async Task An_answer_that_never_came_does_no_harm_when_sent_again()
    {
        await using var trial = await StartAsync();
        trial.Simulator.Faults.ThenDrop();

        var lost = await trial.DeliverAsync(Told.People(2));
        trial.Clock.Advance(TimeSpan.FromMinutes(1));
        await trial.LearnAsync(Told.People(2));

        Assert.Contains(lost, outcome => outcome is Outcome.RetryAfter);
        Assert.Equal(2, trial.People.Count());
        Assert.All(trial.People, person => Assert.True(person.IsIn));
    }

    [Fact]
    public async Task Nobody_who_unsubscribed_there_is_subscribed_again()
    {
        await using var trial = await StartAsync();
        var known = await trial.LearnAsync(Told.Person(1));
        trial.Unsubscribe("camille.durand1@societe.fr");
        await trial.DeliverAsync(known[0].Now(Told.Person(1, job: "Présidente")));
        trial.Clock.Advance(TimeSpan.FromMinutes(1));
        await trial.DeliverAsync(Told.Person(1));

        Assert.True(trial.People.Single().IsUnsubscribed);
    }

    [Fact]
    public async Task Many_arrive_change_and_leave_in_batches_within_the_limits()
    {
        await using var trial = await StartAsync();
        var many = Environment.GetEnvironmentVariable("RCU_TEST_LONG") is "1" ? 10_000 : 240;
        var known = await ManyAsync(trial, Told.People(many));
        var arrived = trial.People.Count(p => p.IsIn);
        known = await ManyAsync(trial, known.Select((one, i) => one.Now(Told.Person(i + 1, job: "Présidente"))));
        var changed = trial.People.Count(p => p is { IsIn: true, Job: "Présidente" });
        await ManyAsync(trial, known.Take(many / 4).Select(one => one.Gone()));

        Assert.Equal((many, many, many - (many / 4)), (arrived, changed, trial.People.Count(p => p.IsIn)));
        Assert.Equal(0, trial.Simulator.TooFast);
    }

    [Fact]
    public async Task A_tool_begun_again_still_holds_what_it_was_told()
    {
        var memory = Directory.CreateTempSubdirectory("rcu-tools-").FullName;
        try
        {
            await using var trial = await StartAsync();
            await trial.RestartAsync(memory);
            var known = await trial.LearnAsync(Told.Person(1), Told.Person(2));
            trial.Unsubscribe("camille.durand2@societe.fr");
            await trial.RestartAsync(memory);
            var there = trial.People.OrderBy(p => p.Email).ToList();
            await trial.LearnAsync(known[0].Now(Told.Person(1, job: "Présidente")), Told.Person(3));

            Assert.Equal([("Directrice", true, false), ("Directrice", true, true)], there.Select(p => (p.Job!, p.IsIn, p.IsUnsubscribed)));
            Assert.Equal(["Présidente", "Directrice", "Directrice"], trial.People.OrderBy(p => p.Email).Select(p => p.Job));
        }
        finally
        {
            Directory.Delete(memory, recursive: true);
        }
    }

    [Fact]
    public async Task A_trial_says_whether_all_is_there()
    {
        await using var trial = await StartAsync();

        Assert.True((await trial.TestAsync()).Succeeded);
        Assert.Equal("destination.credentials_refused", (await trial.TestAsync("un autre secret")).Error!.Code);
        Assert.Contains("camille.durand1@societe.fr", trial.Connector.Show(Told.Person(1)), StringComparison.Ordinal);
    }

    private static async Task<List<Change>> ManyAsync(VendorTrial trial, IEnumerable<Change> changes)
    {
        var known = new List<Change>();
        foreach (var batch in changes.Chunk(trial.AtOnce))
        {
            trial.Clock.Advance(TimeSpan.FromSeconds(30));
            known.AddRange(await trial.LearnAsync(batch));
        }

        return known;
    }

    /// <summary>Whether the vendor says how long to wait.</summary>
    protected virtual bool AsksHowLong => true;

    private protected abstract Task<VendorTrial> StartAsync();
}
