using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Ingestion;
using Rcu.Ingestion.Pulling;
using Rcu.Jobs;

namespace Rcu.Web.Tests.Ingestion.Pulling;

/// <summary>Whatever happens on the way, the place a source was left at is never ahead of the rows that were saved.</summary>
public class PullJobTests
{
    private const string Evidence = "select count(*) || '|' || count(distinct external_key) as \"Value\" from source_records";

    [Fact]
    public async Task A_pull_lands_every_page_and_the_next_one_goes_on_after_it()
    {
        await using var bench = await PullBench.CreateAsync();
        var (source, connection) = await ConnectAsync(bench, rows: 250);

        var first = await bench.PullAsync(connection);
        source.Add(3);
        var second = await bench.PullAsync(connection);

        Assert.Equal((RunStatus.Succeeded, 250, 250), (first.Status, first.Done, first.Counters["inserted"]));
        Assert.Equal((RunStatus.Succeeded, 3, 3), (second.Status, second.Done, second.Counters["inserted"]));
        Assert.Equal(["253|253"], await bench.QueryAsync(Evidence));
        Assert.Equal(2, await PipelinesAsync(bench));
    }

    [Fact]
    public async Task An_undone_pull_puts_its_source_back_where_it_was_unless_a_later_one_went_further()
    {
        await using var bench = await PullBench.CreateAsync();
        var (source, connection) = await ConnectAsync(bench, rows: 250);
        var first = await bench.PullAsync(connection);
        source.Add(3);
        var second = await bench.PullAsync(connection);

        await UndoAsync(bench, first.Id);
        var stays = await bench.ConnectionAsync(connection);
        await UndoAsync(bench, second.Id);
        var back = await bench.ConnectionAsync(connection);
        await using (var resuming = bench.Db())
        {
            var waits = await bench.Connections(resuming).PullAsync(connection, "léa", default);
            Assert.Equal((ConnectionState.Paused, "connection.closed"), (back.State, waits.Error?.Code)); // what comes back is a person's decision
            await bench.Connections(resuming).ResumeAsync(connection, "léa", default);
        }

        var again = await bench.PullAsync(connection);

        Assert.Equal(("253", "250"), (stays.Cursor, back.Cursor));
        Assert.Equal((3, 3), (again.Done, again.Counters["inserted"]));
        await using var db = bench.Db();
        var listed = await new ImportHistory(db).ListAsync(null, 10, default);
        Assert.Equal([again.Id, second.Id, first.Id], listed.Select(import => import.Id));
        Assert.Equal([0L, 1L, 0L], listed.Select(import => import[SourceCursor.MovedBack]));
        Assert.True(listed[0].IsPull);
    }

    private static async Task UndoAsync(PullBench bench, Guid run)
    {
        await using var db = bench.Db();
        var imports = new Imports(db, new UploadStore(new UploadSettings(bench.Drops)), bench, new PipelineRuns(db, bench, bench.Clock), bench.Clock);
        var undone = await imports.UndoAsync(run, "léa", default);
        Assert.True(undone.Succeeded, undone.Error?.Code);
    }

    [Fact]
    public async Task A_pull_cut_between_the_rows_and_its_place_misses_no_row_and_doubles_none()
    {
        await using var bench = await PullBench.CreateAsync();
        var (_, connection) = await ConnectAsync(bench, rows: 250);
        var cut = new CutConnection("second page");

        await Assert.ThrowsAnyAsync<Exception>(() => bench.PullAsync(connection, cut));
        var left = await bench.ConnectionAsync(connection);
        var saved = await bench.QueryAsync(Evidence);
        var again = await bench.PullAsync(connection);

        Assert.True(cut.Done);
        Assert.Equal(("100", "100|100"), (left.Cursor, saved.Single()));
        Assert.Equal((RunStatus.Succeeded, 250, 250), (again.Status, again.Done, again.Counters["inserted"]));
        Assert.Equal(["250|250"], await bench.QueryAsync(Evidence));
    }

    [Fact]
    public async Task A_source_that_is_away_is_tried_later_and_later_and_keeps_what_it_gave()
    {
        await using var bench = await PullBench.CreateAsync();
        var (source, connection) = await ConnectAsync(bench, rows: 50);
        source.Instead.Enqueue(new PullAnswer.RetryAfter("En panne."));
        source.Instead.Enqueue(new PullAnswer.RetryAfter("En panne.", TimeSpan.FromHours(3)));

        var failed = await bench.PullAsync(connection);
        var once = await bench.ConnectionAsync(connection);
        await bench.PullAsync(connection);
        var twice = await bench.ConnectionAsync(connection);
        await bench.PullAsync(connection);
        var well = await bench.ConnectionAsync(connection);

        Assert.Equal((RunStatus.Failed, "En panne."), (failed.Status, failed.Failure));
        Assert.Equal((ConnectionState.Degraded, 1), (once.State, once.Failures));
        Assert.InRange(once.NextRunAt!.Value - PullBench.Morning, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(7));
        Assert.Equal(PullBench.Morning.AddHours(3), twice.NextRunAt);
        Assert.Equal((ConnectionState.Healthy, 0, PullBench.Morning.AddMinutes(10)), (well.State, well.Failures, well.NextRunAt));
    }

    [Fact]
    public async Task A_source_that_refuses_the_secret_is_not_asked_again_until_a_person_acts()
    {
        await using var bench = await PullBench.CreateAsync();
        var (source, connection) = await ConnectAsync(bench, rows: 50);
        source.Instead.Enqueue(new PullAnswer.CredentialsRefused("Mot de passe refusé."));
        await bench.PullAsync(connection);
        bench.Clock.Advance(TimeSpan.FromDays(2));
        await using var db = bench.Db();
        var woken = await new DueSources(db, bench.Connections(db), bench.Clock).WakeAsync(default);

        var asked = await bench.Connections(db).PullAsync(connection, "léa", default);
        var resumed = await bench.Connections(db).ResumeAsync(connection, "léa", default);

        Assert.Equal((0, "connection.closed"), (woken, asked.Error?.Code));
        Assert.Equal(ConnectionState.Healthy, resumed.Value!.State);
    }

    [Fact]
    public async Task Only_what_is_due_is_woken_and_once()
    {
        await using var bench = await PullBench.CreateAsync();
        await ConnectAsync(bench, rows: 1);
        await using var db = bench.Db();
        var due = new DueSources(db, bench.Connections(db), bench.Clock);

        var early = await due.WakeAsync(default);
        bench.Clock.Advance(TimeSpan.FromMinutes(11));
        var (onTime, twice) = (await due.WakeAsync(default), await due.WakeAsync(default));

        Assert.Equal((0, 1, 0), (early, onTime, twice));
    }

    [Fact]
    public async Task Two_pulls_of_one_source_never_run_together()
    {
        await using var bench = await PullBench.CreateAsync();
        var (source, connection) = await ConnectAsync(bench, rows: 10);
        await using var other = new NpgsqlConnection(bench.Hub);
        await other.OpenAsync();
        await using var hold = new NpgsqlCommand($"select pg_advisory_lock(hashtextextended('{connection}', 8))", other);
        await hold.ExecuteNonQueryAsync();

        var pull = bench.PullAsync(connection);
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        var whileHeld = source.Readings;
        await other.CloseAsync();
        var run = await pull;

        Assert.Equal(0, whileHeld);
        Assert.Equal(RunStatus.Succeeded, run.Status);
    }

    [Fact]
    public async Task A_column_that_goes_or_comes_and_a_volume_unlike_the_usual_are_told_once()
    {
        await using var bench = await PullBench.CreateAsync();
        var (source, connection) = await ConnectAsync(bench, rows: 0);
        for (var pull = 0; pull < 4; pull++)
        {
            source.Add(30);
            await bench.PullAsync(connection);
        }

        var calm = await bench.AlertsAsync();
        source.Rows.AddRange(Enumerable.Range(0, 150).Select(i => new Dictionary<string, string> { ["id"] = $"B{i}", ["name"] = "B", ["ville"] = "Metz" }));
        await bench.PullAsync(connection);
        var worried = await bench.AlertsAsync();
        source.Add(30);
        await bench.PullAsync(connection);

        Assert.Empty(calm);
        Assert.Equal(["alert.column_missing city", "alert.column_new ville", "alert.volume "], worried);
        Assert.Equal(["alert.column_new ville"], await bench.AlertsAsync());
    }

    [Fact]
    public async Task A_source_gone_silent_is_told_until_it_speaks()
    {
        await using var bench = await PullBench.CreateAsync();
        var (source, connection) = await ConnectAsync(bench, rows: 5, staleAfterHours: 24);
        await bench.PullAsync(connection);
        bench.Clock.Advance(TimeSpan.FromHours(25));
        await using var db = bench.Db();
        await new DueSources(db, bench.Connections(db), bench.Clock).WakeAsync(default);
        var silent = await bench.AlertsAsync();

        source.Add(1);
        await bench.PullAsync(connection);

        Assert.Equal(["alert.stale "], silent);
        Assert.Empty(await bench.AlertsAsync());
    }

    private static async Task<(FakeSource Source, Guid Connection)> ConnectAsync(PullBench bench, int rows, int? staleAfterHours = null)
    {
        var source = new FakeSource(pageSize: 100);
        source.Add(rows);
        bench.Connectors.Add(source);
        var connection = await bench.ConnectAsync("fake", new { });
        await using var db = bench.Db();
        await db.SourceConnections.ExecuteUpdateAsync(set => set.SetProperty(c => c.StaleAfterHours, staleAfterHours));
        return (source, connection.Id);
    }

    private static async Task<int> PipelinesAsync(PullBench bench)
    {
        await using var db = bench.Db();
        var pipelines = await db.Runs.Where(r => r.Stage == PipelineRuns.Stage).Select(r => r.Id).ToListAsync();
        return bench.Enqueued.Count(pipelines.Contains);
    }
}
