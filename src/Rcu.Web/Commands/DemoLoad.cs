using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;

namespace Rcu.Web.Commands;

/// <summary>Brings a folder of sources in and runs every stage on them, in front of the person who waits.</summary>
internal sealed class DemoLoad(IServiceProvider hub, ShiftedClock clock)
{
    private static readonly string[] Sources = ["crm", "erp", "marketing", "web", "salon"];

    /// <param name="asOfData">Whether the hub then lives on the newest day of the data, rather than today.</param>
    public async Task<LoadSummary> RunAsync(string folder, bool asOfData, CancellationToken ct)
    {
        var bars = new StageBars(entering: (stage, _) => asOfData && stage == "Resolution" ? LiveInTheDataAsync(ct) : Task.CompletedTask);
        await bars.EnterAsync("Ingestion", ct);
        var import = new ForegroundImport(hub, clock);
        await IngestAsync(import, folder, bars, ct);
        await import.FollowAsync(bars, "demo", ct);
        await using var counting = hub.CreateAsyncScope();
        var db = counting.ServiceProvider.GetRequiredService<RcuDb>();
        // Each import asked for what has just been done in front of the person.
        await db.Runs.Where(r => r.Stage == PipelineRuns.Stage && r.Status == RunStatus.Queued).ExecuteDeleteAsync(ct);
        var runs = await db.Runs.AsNoTracking().Where(r => r.Stage == IngestJob.Stage)
            .Join(db.Sources, r => r.Subject, s => s.Id, (r, s) => new { s.Name, r.Counters })
            .ToListAsync(ct);
        return new LoadSummary(
            [.. Sources.Select(name => new SourceSummary(
                name,
                runs.Where(r => r.Name == name).Sum(r => r.Counters.GetValueOrDefault(IngestJob.Counts.Read)),
                runs.Where(r => r.Name == name).Sum(r => r.Counters.GetValueOrDefault(IngestJob.Counts.Rejected))))],
            await db.Accounts.CountAsync(ct),
            await db.Contacts.CountAsync(ct),
            bars.Seconds);
    }

    private async Task IngestAsync(ForegroundImport import, string folder, StageBars bars, CancellationToken ct)
    {
        await using var scope = hub.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        await KnownFeeds.DeclareAsync(db, clock, ct);
        var known = await db.Feeds.AsNoTracking().Where(f => f.Active).ToListAsync(ct);
        var files = Directory.EnumerateFiles(folder)
            .Where(file => known.Exists(feed => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(feed.FilePattern, Path.GetFileName(file))))
            .Order(StringComparer.Ordinal)
            .ToList();
        var (done, total) = (0L, files.Sum(file => new FileInfo(file).Length));
        foreach (var file in files)
        {
            var received = await import.ReceiveAsync(file, null, "demo", ct);
            if (!received.Succeeded)
            {
                throw new InvalidOperationException($"{Path.GetFileName(file)}: {received.Error.Message}");
            }

            done += new FileInfo(file).Length;
            await bars.ReportAsync(done, total, ct);
        }
    }

    // The end of the newest day any record speaks of, dates of things to come (a deal's closing) apart.
    private async Task LiveInTheDataAsync(CancellationToken ct)
    {
        await using var read = hub.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            """
            select max(greatest(fields ->> 'at', fields ->> 'date', fields ->> 'seen_at', fields ->> 'created_on')) from records
            where coalesce(fields ->> 'at', fields ->> 'date', fields ->> 'seen_at', fields ->> 'created_on') is not null
            """);
        if (await read.ExecuteScalarAsync(ct) is string newest)
        {
            clock.Set(new DateTimeOffset(DateTime.Parse(newest[..10], System.Globalization.CultureInfo.InvariantCulture).AddDays(1).AddSeconds(-1), TimeSpan.Zero));
        }
    }
}

/// <summary>What a load brought: rows per source, golden rows, seconds per stage.</summary>
internal sealed record LoadSummary(IReadOnlyList<SourceSummary> Sources, int Accounts, int Contacts, IReadOnlyDictionary<string, double> Seconds);

internal sealed record SourceSummary(string Name, long Read, long Rejected);
