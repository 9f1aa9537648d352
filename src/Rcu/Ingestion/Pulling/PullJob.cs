using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Ingestion.Pulling;

/// <summary>
/// Reads a source page by page from where it was left. The rows of a page, what became of them and the place of the next page
/// are saved in one transaction: cut anywhere and started again, it misses no row and doubles none.
/// </summary>
public sealed partial class PullJob(
    RcuDb db, IEnumerable<ISourceConnector> connectors, ISecrets secrets, PipelineRuns pipeline, RowGate gate, TimeProvider clock,
    ILogger<PullJob> log) : IJob
{
    public const string Stage = "Sources";

    /// <summary>The most rows one page may hold.</summary>
    public const int PageSize = 5_000;

    private static readonly string[] News = [IngestJob.Counts.Inserted, IngestJob.Counts.Updated, IngestJob.Counts.Withdrawn, IngestJob.Counts.Absent];

    /// <summary>Whether something of what a reading gave was new: there is then something to take back.</summary>
    public static bool BroughtNews(Run run) => News.Any(count => run.Counters.GetValueOrDefault(count) > 0);

    public async Task RunAsync(Guid subject, CancellationToken ct)
    {
        db.Database.SetCommandTimeout(0); // one statement makes evidence of a whole page
        var run = await db.Runs.SingleAsync(r => r.Id == subject, ct);
        if (run.HasEnded && run.Status is not RunStatus.Failed)
        {
            await FollowAsync(run, ct); // delivered twice, perhaps because it was cut just after its end
            return;
        }

        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await LockAsync(run.Subject, ct);
            await db.Entry(run).ReloadAsync(ct);
            if (run.HasEnded && run.Status is not RunStatus.Failed)
            {
                return; // another worker had it, and has followed it
            }

            run.Start(clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
            await PullAsync(run, ct);
        }
        finally
        {
            if (db.Database.GetDbConnection().State is System.Data.ConnectionState.Open)
            {
                await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock_all()", CancellationToken.None);
            }

            await db.Database.CloseConnectionAsync();
        }

        await FollowAsync(run, ct);
    }

    // What was read reaches the customers, even when the source went away after it.
    private async Task FollowAsync(Run run, CancellationToken ct)
    {
        if (BroughtNews(run))
        {
            await pipeline.RequestAsync(run.RequestedBy, ct);
        }
    }

    private async Task PullAsync(Run run, CancellationToken ct)
    {
        var connection = await db.SourceConnections.SingleAsync(c => c.Id == run.Subject, ct);
        run.CursorBefore ??= connection.Cursor ?? "";
        var secret = connection.Secret is null ? null : secrets.Open(connection.Secret);
        if (connection.Secret is not null && secret is null)
        {
            await StopAsync(run, connection, ConnectionState.CredentialsNeeded, SourceErrors.SecretLost.Message, ct);
            return;
        }

        var declared = await db.Feeds.SingleAsync(f => f.Id == connection.FeedId, ct);
        var active = await db.Feeds.Where(f => f.SourceId == declared.SourceId && f.Active).ToListAsync(ct);
        var feeds = FeedMatch.With(active.Find(f => f.Name == declared.Name) ?? declared, active); // its newest version
        var connector = connectors.Single(c => c.Kind == connection.Kind);
        var access = new SourceAccess(connection.Settings, secret, feeds) { Connection = connection.Id };
        var (rows, seen, whole) = (new FeedRows(feeds, await gate(ct)), new SeenColumns(feeds), new WholeReading(db, run, connection, feeds));
        while (true)
        {
            switch (await connector.ReadAsync(access, connection.Cursor, ct))
            {
                case PullAnswer.Page page when seen.Add(page) is { } gone:
                    await StopAsync(run, connection, ConnectionState.Broken, $"La colonne « {gone} », clé des enregistrements, a disparu de la source.", ct);
                    return;
                case PullAnswer.Page page:
                    if (!await SaveAsync(run, connection, page, rows, seen, whole, ct))
                    {
                        return;
                    }

                    break;
                case PullAnswer.RetryAfter retry:
                    var now = clock.GetUtcNow();
                    connection.Wait(retry.Why, Retries.After(connection.Failures + 1, retry.Delay, Random.Shared.NextDouble()), now);
                    connection.LastRunAt = now;
                    run.Fail(retry.Why, now);
                    await db.SaveChangesAsync(ct);
                    return;
                case PullAnswer.CredentialsRefused refused:
                    await StopAsync(run, connection, ConnectionState.CredentialsNeeded, refused.Why, ct);
                    return;
                case PullAnswer.Refused refused:
                    await StopAsync(run, connection, ConnectionState.Broken, refused.Why, ct);
                    return;
                case var other:
                    throw new InvalidOperationException($"{other}");
            }
        }
    }

    // False: the pull is over.
    private async Task<bool> SaveAsync(Run run, SourceConnection connection, PullAnswer.Page page, FeedRows rows, SeenColumns seen, WholeReading whole, CancellationToken ct)
    {
        var batch = new StagedBatch(run.Id, run.Done, new HashSet<long>());
        foreach (var row in page.Rows)
        {
            batch.Add(row, rows);
        }

        var now = clock.GetUtcNow();
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var cancelled = await db.Runs.Where(r => r.Id == run.Id).Select(r => r.CancelRequested).SingleAsync(ct);
        connection.Cursor = page.Cursor;
        connection.LastRowsAt = page.Rows.Count > 0 ? now : connection.LastRowsAt;
        await Landing.LandAsync(db, run, connection.SourceId, batch, now, token => whole.FollowAsync(page, batch, now, token), ct);
        if (cancelled)
        {
            run.Cancel(now); // what was read stays: the next pull goes on after it
        }
        else if (!page.More || whole.Stopped is not null)
        {
            connection.LastRunAt = now;
            connection.Reopen(now);
            await PullWatch.LookAsync(db, run, connection, seen, now, ct);
            run.Succeed(now);
            if (whole.Stopped is { } why)
            {
                connection.Stop(ConnectionState.Paused, why);
            }
        }

        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        LogPage(run.Label, batch.Place);
        return page.More && !cancelled && whole.Stopped is null;
    }

    private async Task StopAsync(Run run, SourceConnection connection, ConnectionState state, string why, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        connection.Stop(state, why);
        connection.LastRunAt = now;
        run.Fail(why, now);
        await db.SaveChangesAsync(ct);
    }

    // One pull of one source at a time; the lock goes with the connection if this process dies.
    private async Task LockAsync(Guid connection, CancellationToken ct)
    {
        while (!await db.Database
            .SqlQuery<bool>($"select pg_try_advisory_lock(hashtextextended({connection.ToString()}, 8)) as \"Value\"").SingleAsync(ct))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Source}: {Rows} rows read")]
    private partial void LogPage(string source, long rows);
}
