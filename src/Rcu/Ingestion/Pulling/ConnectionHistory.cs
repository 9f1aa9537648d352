using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;

namespace Rcu.Ingestion.Pulling;

/// <summary>How the sources that are read by themselves go: their last readings, what they gave, and what a person should look at.</summary>
public sealed class ConnectionHistory(RcuDb db)
{
    public async Task<IReadOnlyList<ConnectionLine>> ListAsync(CancellationToken ct)
    {
        var alerts = (await db.SourceAlerts.AsNoTracking().Where(a => a.ClosedAt == null).ToListAsync(ct)).ToLookup(a => a.ConnectionId);
        var lines = await (
            from connection in db.SourceConnections.AsNoTracking()
            join source in db.Sources on connection.SourceId equals source.Id
            orderby connection.Name
            select new
            {
                connection,
                source.Label,
                Last = db.Runs.Where(r => r.Stage == PullJob.Stage && r.Subject == connection.Id).OrderByDescending(r => r.QueuedAt).FirstOrDefault(),
            }).ToListAsync(ct);
        return [.. lines.Select(line => new ConnectionLine(line.connection, line.Label, line.Last, [.. alerts[line.connection.Id]]))];
    }

    /// <summary>The readings of a connection, the latest first.</summary>
    public async Task<IReadOnlyList<Run>> RunsAsync(Guid id, int count, CancellationToken ct) => await db.Runs.AsNoTracking()
        .Where(r => r.Stage == PullJob.Stage && r.Subject == id).OrderByDescending(r => r.QueuedAt).ThenByDescending(r => r.Id).Take(count).ToListAsync(ct);

    /// <summary>The rows that readings set aside, the latest reading's first.</summary>
    public async Task<ILookup<Guid, Reject>> RejectsAsync(IReadOnlyCollection<Guid> runs, int count, CancellationToken ct) =>
        (await db.Rejects.AsNoTracking().Where(r => runs.Contains(r.RunId)).OrderByDescending(r => r.Id).Take(count).ToListAsync(ct)).ToLookup(r => r.RunId);

    /// <summary>The name of a connection's source, and the mapping of its rows.</summary>
    public async Task<(string Source, Feed Feed)> MappingAsync(SourceConnection connection, CancellationToken ct)
    {
        var source = await db.Sources.AsNoTracking().Where(s => s.Id == connection.SourceId).Select(s => s.Name).SingleAsync(ct);
        var declared = await db.Feeds.AsNoTracking().SingleAsync(f => f.Id == connection.FeedId, ct);
        var newest = await db.Feeds.AsNoTracking().Where(f => f.SourceId == declared.SourceId && f.Name == declared.Name && f.Active).FirstOrDefaultAsync(ct);
        return (source, newest ?? declared);
    }
}

/// <summary>A source that is read by itself, and how it goes.</summary>
public sealed record ConnectionLine(SourceConnection Connection, string SourceLabel, Run? Last, IReadOnlyList<SourceAlert> Alerts);
