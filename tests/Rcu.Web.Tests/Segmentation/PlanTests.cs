using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Exploration.Desk;
using Rcu.Insight;
using Rcu.Segmentation;
using Rcu.Segmentation.Plan;
using Rcu.Web.Tests.Insight;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Segmentation;

/// <summary>The plan acts once, only says what it would do when it runs dry, stops circles, and is played on the past.</summary>
public class PlanTests
{
    private static readonly PlanTrigger SentForm = new(PlanCase.Done, Kind: "form_sent", Days: 30);

    [Fact]
    public async Task A_dry_rule_only_says_then_it_acts_once_and_leaves_the_account_alone()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = await FormsAsync(hub, 3, 10);
        await using var scope = hub.Services.CreateAsyncScope();
        var (rules, run, db) = Of(scope);
        var rule = (await rules.CreateAsync(Rule("Rappeler", new PlanAct(PlanActKind.Task, "Rappeler", 2, "Camille@Exemple.example")), "test", default)).Value!;

        Assert.Equal(2, await run.RunAsync(default));
        Assert.Equal(0, await db.Set<AccountTask>().CountAsync());
        Assert.Equal(0, await run.RunAsync(default));

        await rules.SetStateAsync(rule.Number, PlanState.On, "test", default);
        Assert.Equal(2, await run.RunAsync(default));
        Assert.Equal(0, await run.RunAsync(default));

        var tasks = await db.Set<AccountTask>().AsNoTracking().ToListAsync();
        Assert.Equal(new[] { sample.Accounts[1].Id, sample.Accounts[2].Id }.Order(), tasks.Select(t => t.AccountId).Order());
        Assert.All(tasks, task => Assert.Equal(("Rappeler", "camille@exemple.example", "plan"), (task.Title, task.Assignee, task.CreatedBy)));
        var history = await rules.HistoryAsync(rule.Number, default);
        Assert.Equal([PlanOutcome.Done, PlanOutcome.Done, PlanOutcome.Dry, PlanOutcome.Dry], history.Select(f => f.Fire.Outcome));
    }

    [Fact]
    public async Task What_enters_a_segment_after_the_rule_was_set_is_acted_on_no_more_than_allowed_at_a_time()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = await FormsAsync(hub, 3, 10);
        await using var scope = hub.Services.CreateAsyncScope();
        var (rules, run, db) = Of(scope);
        var segments = scope.ServiceProvider.GetRequiredService<Segments>();
        var nobody = new Condition.Compare("record_count", Operator.Above, ["1000"]);
        var segment = (await segments.CreateAsync(new SaveSegment("Tous", null, SegmentTarget.Accounts, nobody), "test", default)).Value!;
        var command = Rule("Marquer", new PlanAct(PlanActKind.Tag, "à voir"), PlanState.On) with { Trigger = new PlanTrigger(PlanCase.Entered, segment.Id), MostPerRun = 40 };
        Assert.True((await rules.CreateAsync(command, "test", default)).Succeeded);
        Assert.Equal(0, await run.RunAsync(default));

        var all = new Condition.Compare("record_count", Operator.AtLeast, ["0"]);
        Assert.True((await segments.UpdateAsync(segment.Id, new SaveSegment("Tous", null, SegmentTarget.Accounts, all), segment.Version, "test", default)).Succeeded);

        Assert.Equal(40, await run.RunAsync(default));
        Assert.Equal(SampleCustomers.Count - 40, (await rules.ListAsync(default)).Single().Look!.Waiting);
        Assert.Equal(SampleCustomers.Count - 40, await run.RunAsync(default));
        Assert.Equal(sample.Accounts.Count, await db.Set<AccountTag>().CountAsync(t => t.Tag == "à voir"));
    }

    [Fact]
    public async Task Too_many_acts_on_one_account_in_a_day_are_stopped_and_a_circle_is_refused()
    {
        await using var hub = await TestHub.StartAsync();
        await FormsAsync(hub, 3);
        await using var scope = hub.Services.CreateAsyncScope();
        var (rules, run, db) = Of(scope);
        for (var i = 0; i <= PlanRun.MostADay; i++)
        {
            Assert.True((await rules.CreateAsync(Rule($"Règle {i}", new PlanAct(PlanActKind.Tag, $"mot {i}"), PlanState.On), "test", default)).Succeeded);
        }

        Assert.Equal(PlanRun.MostADay, await run.RunAsync(default));
        Assert.Equal(1, await db.Set<PlanFire>().CountAsync(f => f.Outcome == PlanOutcome.Looped));

        var segments = scope.ServiceProvider.GetRequiredService<Segments>();
        var segment = (await segments.CreateAsync(new SaveSegment("Tous", null, SegmentTarget.Accounts, new Condition.Compare("record_count", Operator.AtLeast, ["0"])), "test", default)).Value!;
        var circle = Rule("Cercle", new PlanAct(PlanActKind.List, Segment: segment.Id)) with { Trigger = new PlanTrigger(PlanCase.Entered, segment.Id) };
        Assert.Equal("plan.circle", (await rules.CreateAsync(circle, "test", default)).Error?.Code);
    }

    [Fact]
    public async Task A_rule_is_played_on_the_past_as_it_would_have_gone()
    {
        await using var hub = await TestHub.StartAsync();
        await FormsAsync(hub, 3, 10, 24, 70);
        await using var scope = hub.Services.CreateAsyncScope();
        var (rules, _, db) = Of(scope);

        var simulation = (await rules.SimulateAsync(Rule("Essai", new PlanAct(PlanActKind.Event, "formulaire")), default)).Value!;

        // Each form counts in the first week that ends after it; all rest for ninety days.
        Assert.Equal([0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1], simulation.Weeks.Select(w => w.Acted));
        Assert.Equal(4, simulation.Samples.Count);
        Assert.Equal(0, await db.Set<PlanFire>().CountAsync());
    }

    // One invoiced 90 days ago, one 5 days ago, one who was only quoted, 70 days ago.
    [Theory]
    [InlineData(60, 2)]
    [InlineData(80, 1)]
    [InlineData(100, 0)]
    public async Task Who_was_not_invoiced_for_so_many_days_is_found_by_their_documents(int days, int found)
    {
        await using var hub = await TestHub.StartAsync();
        var sample = await SampleCustomers.AddToAsync(hub.ConnectionString);
        await using var scope = hub.Services.CreateAsyncScope();
        var (rules, _, db) = Of(scope);
        await db.Documents.ExecuteDeleteAsync();
        db.AddRange(Paper(1, DocumentType.Invoice, 90), Paper(2, DocumentType.Invoice, 5), Paper(3, DocumentType.Quote, 70));
        await db.SaveChangesAsync();
        var rule = Rule("Relancer", new PlanAct(PlanActKind.Event, "relance")) with { Trigger = new PlanTrigger(PlanCase.NotDone, Kind: nameof(DocumentType.Invoice), Days: days), MostPerRun = 1 };

        var simulation = (await rules.SimulateAsync(rule, default)).Value!;

        // A week holds many runs of one act each: both are acted on.
        Assert.Equal((found, found), (simulation.Weeks[^1].True, simulation.Acts));

        Document Paper(int account, DocumentType type, int daysAgo) => new()
        {
            AccountId = sample.Accounts[account].Id,
            Id = Guid.CreateVersion7(),
            Number = $"P{account}",
            Type = type,
            Date = DateOnly.FromDateTime(sample.Now.UtcDateTime).AddDays(-daysAgo),
            Net = 100,
            Source = "erp",
        };
    }

    [Fact]
    public async Task A_rule_moves_accounts_to_a_state_that_the_score_does_not_undo_but_a_purchase_does()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = await FormsAsync(hub, 3, 4);
        var (kept, bought) = (sample.Accounts[1].Id, sample.Accounts[2].Id);
        await using var scope = hub.Services.CreateAsyncScope();
        var (rules, run, db) = Of(scope);
        await db.Documents.Where(d => d.AccountId == kept || d.AccountId == bought).ExecuteDeleteAsync();
        await db.Accounts.Where(a => a.Id == kept || a.Id == bought).ExecuteUpdateAsync(a => a.SetProperty(x => x.Type, AccountType.Prospect));
        await ComputeAsync(hub);
        var to = new PlanAct(PlanActKind.State, Days: 30, State: LeadState.Strategic);
        var refused = await rules.CreateAsync(Rule("En rond", to) with { Trigger = new PlanTrigger(PlanCase.InState, State: LeadState.Strategic) }, "test", default);
        Assert.True((await rules.CreateAsync(Rule("Stratégiques", to, PlanState.On), "test", default)).Succeeded);

        Assert.Equal(2, await run.RunAsync(default));
        db.Add(new Document { AccountId = bought, Id = Guid.CreateVersion7(), Number = "F1", Type = DocumentType.Invoice, Date = DateOnly.FromDateTime(DateTime.UtcNow), Net = 10, Source = "erp" });
        await db.SaveChangesAsync();
        await ComputeAsync(hub);

        Assert.Equal("plan.same_state", refused.Error?.Code);
        var states = await db.Set<AccountWorth>().AsNoTracking().Where(w => w.AccountId == kept || w.AccountId == bought).ToDictionaryAsync(w => w.AccountId, w => w.State);
        Assert.Equal((LeadState.Strategic, LeadState.Customer), (states[kept], states[bought]));
        await db.Database.ExecuteSqlAsync($"update lead_holds set until = now()");
        await db.Database.ExecuteSqlAsync($"insert into insight_changes values ({kept})");
        await ComputeAsync(hub);
        Assert.NotEqual(LeadState.Strategic, await db.Set<AccountWorth>().Where(w => w.AccountId == kept).Select(w => w.State).SingleAsync());
        Assert.Contains(await rules.HistoryAsync(1, default), fired => fired.Fire.What == "Strategic");
    }

    [Fact]
    public async Task A_rule_that_takes_too_long_says_so_and_stops_no_other()
    {
        await using var hub = await TestHub.StartAsync();
        await FormsAsync(hub, 3);
        await using var scope = hub.Services.CreateAsyncScope();
        var (rules, run, _) = Of(scope);
        var slow = Rule("Lente", new PlanAct(PlanActKind.Tag, "lente"), PlanState.On) with { Trigger = new PlanTrigger(PlanCase.InState, State: LeadState.Hot, Days: 7) };
        Assert.True((await rules.CreateAsync(slow, "test", default)).Succeeded);
        Assert.True((await rules.CreateAsync(Rule("Vive", new PlanAct(PlanActKind.Tag, "vive"), PlanState.On), "test", default)).Succeeded);
        await using var other = await scope.ServiceProvider.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using (await other.BeginTransactionAsync())
        {
            await using var hold = new NpgsqlCommand("lock table lead_moves", other);
            await hold.ExecuteNonQueryAsync();
            run.Patience = TimeSpan.FromSeconds(1);

            rules.Patience = TimeSpan.FromSeconds(1);

            Assert.Equal(1, await run.RunAsync(default));
            Assert.Equal("plan.too_slow", (await rules.SimulateAsync(slow, default)).Error?.Code);
        }

        Assert.Contains("trop longue", (await rules.ListAsync(default)).Single(l => l.Rule.Name == "Lente").Look!.Failure, StringComparison.Ordinal);
        Assert.Equal(0, await run.RunAsync(default));
        Assert.All(await rules.ListAsync(default), line => Assert.Null(line.Look!.Failure));
    }

    private static (PlanRules Rules, PlanRun Run, RcuDb Db) Of(AsyncServiceScope scope) => (
        scope.ServiceProvider.GetRequiredService<PlanRules>(), scope.ServiceProvider.GetRequiredService<PlanRun>(), scope.ServiceProvider.GetRequiredService<RcuDb>());

    private static async Task ComputeAsync(TestHub hub)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        await new InsightStage(scope.ServiceProvider.GetRequiredService<NpgsqlDataSource>(), TimeProvider.System).RunAsync(new NoProgress(), default);
    }

    private static SavePlanRule Rule(string name, PlanAct act, PlanState state = PlanState.Dry) => new(name, SentForm, act, State: state);

    // One form each, so many days ago, of accounts that never sent one.
    private static async Task<SampleCustomers> FormsAsync(TestHub hub, params int[] daysAgo)
    {
        var sample = await SampleCustomers.AddToAsync(hub.ConnectionString);
        await using var db = sample.Open();
        await db.Interactions.Where(i => i.Kind == "form_sent").ExecuteDeleteAsync();
        db.AddRange(daysAgo.Select((days, i) => new Interaction
        {
            AccountId = sample.Accounts[i + 1].Id,
            Id = Guid.CreateVersion7(),
            Kind = "form_sent",
            Channel = "web",
            Direction = Direction.Inbound,
            At = sample.Now.AddDays(-days),
            Source = "web",
        }));
        await db.SaveChangesAsync();
        return sample;
    }
}
