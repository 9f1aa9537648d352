using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Insight;
using Rcu.Web.Tests.Resolution;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Insight;

/// <summary>The quality of what is known: what each part counts, and that what changed alone is judged again.</summary>
public class QualityScoresTests
{
    private const string Whole =
        """
        select concat_ws(' ', account_id, total, completeness, validity, freshness, coherence, uniqueness, problems, costs, duplicates, due_on) as "Value"
        from account_scores
        union all
        select concat_ws(' ', contact_id, total, completeness, validity, freshness, coherence, uniqueness, problems, costs, duplicates, due_on)
        from contact_scores
        union all
        select concat_ws(' ', kind, subject_id, source, total, completeness, validity, freshness, coherence, uniqueness, problems) from source_scores
        """;

    [Fact]
    public async Task Each_part_counts_what_it_says()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = await SampleCustomers.AddToAsync(database.App);
        await using var source = NpgsqlDataSource.Create(database.App);

        await new QualityScores(source, TimeProvider.System).RunAsync(default);

        await using var db = sample.Open();
        var score = await db.AccountScores.SingleAsync(s => s.AccountId == sample.First.Account.Id);
        var salon = await db.SourceScores.SingleAsync(s => s.SubjectId == sample.First.Account.Id && s.Source == "salon");

        // Known: Siren 20, phone 12, street 8, postal code 7, headcount 6, website 6, town 5. Two headcounts; one pair to judge.
        Assert.Equal((64, 100, 100, 96, 50), (score.Completeness, score.Validity, score.Freshness, score.Coherence, score.Uniqueness));
        Assert.Equal(82, score.Total); // 100 - 0,36 × 35 - 0,04 × 15 - 0,5 × 10
        Assert.Equal(["uniqueness.duplicates", "completeness.email", "completeness.naf"], score.Problems.Take(3));
        Assert.Equal([500, 280, 280], score.Costs.Take(3));
        Assert.Equal(1, score.Duplicates);
        Assert.Contains("coherence.headcount", score.Problems);

        // The trade show gave the phone alone, with dots that had to be taken out.
        Assert.Equal((12, 50, 100, 100), (salon.Completeness, salon.Validity, salon.Freshness, salon.Coherence));
    }

    [Fact]
    public async Task What_is_left_of_an_account_that_went_goes_with_it_and_nothing_else_does()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = await SampleCustomers.AddToAsync(database.App);
        await using var source = NpgsqlDataSource.Create(database.App);
        await using var db = sample.Open();
        var scores = new QualityScores(source, TimeProvider.System);
        await scores.RunAsync(default);
        var before = await db.AccountScores.CountAsync();
        var gone = sample.Accounts[1].Id;

        await db.Database.ExecuteSqlAsync($"delete from accounts where id = {gone}");
        await scores.RunAsync(default);

        Assert.Equal(before - 1, await db.AccountScores.CountAsync());
        Assert.Equal(0, await db.AccountScores.CountAsync(s => s.AccountId == gone));
        Assert.Equal(0, await db.SourceScores.CountAsync(s => s.SubjectId == gone));
        Assert.Equal(0, await db.Contributions.CountAsync(c => c.SubjectId == gone));
        Assert.Equal(["0"], await db.Database.SqlQueryRaw<string>("select count(*)::text as \"Value\" from score_gone").ToListAsync());
    }

    [Fact]
    public async Task What_does_not_hold_together_costs_coherence()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = await SampleCustomers.AddToAsync(database.App);
        await using var source = NpgsqlDataSource.Create(database.App);
        var (first, second) = (sample.First.Account, sample.Accounts[1]);
        await using var db = sample.Open();
        await db.Accounts.Where(a => a.Id == first.Id).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.Vat, "FR40303265045").SetProperty(a => a.InseeState, "C").SetProperty(a => a.Address.CommuneCode, (string?)null)
            .SetProperty(a => a.Naf, "01.11Z").SetProperty(a => a.Naf2025, "95.31Y"));
        await db.Establishments.Where(e => e.AccountId == second.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Siret, "30326504500015"));

        await new QualityScores(source, TimeProvider.System).RunAsync(default);

        var checks = (await db.AccountScores.SingleAsync(s => s.AccountId == first.Id)).Problems.Where(p => p.StartsWith("coherence.", StringComparison.Ordinal));
        Assert.Equal(
            ["coherence.ceased", "coherence.headcount", "coherence.naf_editions", "coherence.postal_city", "coherence.siren_vat"], checks.Order());
        Assert.Contains("coherence.siren_siret", (await db.AccountScores.SingleAsync(s => s.AccountId == second.Id)).Problems);
    }

    [Fact]
    public async Task Only_what_changed_is_judged_again_and_the_whole_says_the_same()
    {
        await using var hub = await DemoHub.CopyAsync();
        await using var db = hub.Db();
        Task<long> Judge() => hub.InAsync(services =>
            new QualityScores(services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<TimeProvider>()).RunAsync(default));

        var accounts = await db.Accounts.CountAsync();
        Assert.Equal(accounts, await db.AccountScores.CountAsync());
        Assert.Equal(await db.Contacts.CountAsync(), await db.ContactScores.CountAsync());
        Assert.True(await db.SourceScores.Select(s => s.Source).Distinct().CountAsync() >= 3);
        await Judge();

        // Nothing happened since: nothing to judge.
        Assert.Equal(0, await Judge());

        // A judgement frees both sides of its pair.
        var pair = await db.Matches.FirstAsync(m => m.Kind == Rcu.Resolution.ClusterKind.Account && m.ClosedAt == null
            && m.Judgement == Rcu.Resolution.Judgement.Undecided && m.Band == Rcu.Matching.Band.Review);
        await db.Matches.Where(m => m.Id == pair.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.ClosedAt, DateTimeOffset.UtcNow));
        Assert.InRange(await Judge(), 1, 2);

        var stepByStep = await db.Database.SqlQueryRaw<string>(Whole).ToListAsync();
        await db.Database.ExecuteSqlRawAsync("delete from account_scores; delete from contact_scores; delete from source_scores; delete from hub_settings where name like 'scored%'");
        await Judge();
        var atOnce = await db.Database.SqlQueryRaw<string>(Whole).ToListAsync();
        Assert.Equal(stepByStep.Order(StringComparer.Ordinal), atOnce.Order(StringComparer.Ordinal));

        // Another weight is another score, for all of them.
        await db.Database.ExecuteSqlRawAsync("update score_weights set weight = case dimension when 'completeness' then 45 when 'uniqueness' then 0 else weight end");
        Assert.Equal(accounts + await db.Contacts.CountAsync(), await Judge());
    }

    [Fact]
    public async Task A_day_has_its_figures_and_they_are_those_of_the_rows()
    {
        await using var hub = await DemoHub.CopyAsync();
        await using var db = hub.Db();

        var told = await db.Database.SqlQueryRaw<string>(
            """
            select concat_ws(' ', kind, source, rows, total) as "Value" from score_days
            union all
            select concat_ws(' ', kind, source, problem, rows) from score_problems
            """).ToListAsync();
        var counted = await db.Database.SqlQueryRaw<string>(
            """
            with judged as (
              select 'Account' as kind, '' as source, total, problems from account_scores
              union all select 'Contact', '', total, problems from contact_scores
              union all select kind, source, total, problems from source_scores)
            select concat_ws(' ', kind, source, count(*), avg(total)::numeric(5, 2)) as "Value" from judged group by kind, source
            union all
            select concat_ws(' ', kind, source, problem, count(*)) from judged, unnest(problems) problem group by kind, source, problem
            """).ToListAsync();

        Assert.NotEmpty(told);
        Assert.Equal(counted.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Time_alone_makes_a_value_old_on_the_day_the_row_says()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = await SampleCustomers.AddToAsync(database.App);
        await using var source = NpgsqlDataSource.Create(database.App);
        await using var db = sample.Open();
        await new QualityScores(source, TimeProvider.System).RunAsync(default);
        var due = (await db.AccountScores.AsNoTracking().SingleAsync(s => s.AccountId == sample.First.Account.Id)).DueOn!.Value;

        var early = await new QualityScores(source, new At(due.AddDays(-1))).RunAsync(default);
        var late = await new QualityScores(source, new At(due)).RunAsync(default);

        var aged = await db.AccountScores.SingleAsync(s => s.AccountId == sample.First.Account.Id);
        Assert.Equal(0, early);
        Assert.True(late > 0);
        Assert.True(aged.Freshness < 100);
        Assert.Contains("freshness.phone", aged.Problems);
        Assert.True(aged.DueOn > due);
    }

    private sealed class At(DateOnly day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
    }
}
