using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion.Connectors.Webhook;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Ingestion.Pulling;

/// <summary>What a person can do with the sources the hub reads by itself: declare them, try them, read them now, stop them.</summary>
public sealed class SourceConnections(
    RcuDb db, IValidator<SaveSourceConnection> validator, IEnumerable<ISourceConnector> connectors, ISecrets secrets, IJobs jobs, TimeProvider clock)
{
    /// <summary>The kinds there are, by name.</summary>
    public IReadOnlyList<string> Kinds => [.. connectors.Select(c => c.Kind).Order(StringComparer.Ordinal)];

    /// <summary>The record that declares the settings of a kind; null when there is no such kind.</summary>
    public Type? SettingsOf(string kind) => connectors.FirstOrDefault(c => c.Kind == kind)?.Settings;

    /// <summary>Whether a kind knows its objects, and needs no mapping of a person.</summary>
    public bool BringsMappings(string kind) => connectors.FirstOrDefault(c => c.Kind == kind) is IKnownSource;

    public async Task<IReadOnlyList<SourceConnection>> ListAsync(CancellationToken ct) =>
        await db.SourceConnections.AsNoTracking().OrderBy(c => c.Name).ToListAsync(ct);

    public async Task<Result<SourceConnection>> FindAsync(Guid id, CancellationToken ct) =>
        await db.SourceConnections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is { } found ? found : SourceErrors.NotFound;

    /// <summary>What a person should look at, the latest first.</summary>
    public async Task<IReadOnlyList<SourceAlert>> AlertsAsync(Guid? id, CancellationToken ct) => await db.SourceAlerts.AsNoTracking()
        .Where(a => a.ClosedAt == null && (id == null || a.ConnectionId == id)).OrderByDescending(a => a.OpenedAt).Take(200).ToListAsync(ct);

    public async Task<Result<SourceConnection>> CreateAsync(SaveSourceConnection command, string by, CancellationToken ct)
    {
        if (Refusal(command, !string.IsNullOrEmpty(command.Secret)) is { } refused)
        {
            return refused;
        }

        await using var commit = await db.Database.BeginTransactionAsync(ct);
        if (await IsTakenAsync(command.Name, null, ct))
        {
            return SourceErrors.NameTaken;
        }

        var now = clock.GetUtcNow();
        var feed = await FeedAsync(command, by, now, ct);
        if (feed is null)
        {
            return SourceErrors.NoFeed;
        }

        var connection = new SourceConnection
        {
            SourceId = feed.SourceId,
            FeedId = feed.Id,
            Name = command.Name.Trim(),
            Kind = command.Kind,
            Settings = command.Settings,
            Secret = command.Secret is { Length: > 0 } secret ? secrets.Protect(secret) : null,
            EveryMinutes = command.EveryMinutes,
            DailyAt = command.DailyAt,
            StaleAfterHours = command.StaleAfterHours,
            IsWhole = command.IsWhole,
            State = ConnectionState.Healthy,
            CreatedBy = by,
            CreatedAt = now,
        };
        connection.Reopen(now);
        db.SourceConnections.Add(connection);
        Trace("connection.created", connection, by);
        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        return connection;
    }

    /// <summary>Changes its name, settings, schedule and mapping, and its secret when a new one is given. Its kind and its source stay.</summary>
    public async Task<Result<SourceConnection>> UpdateAsync(Guid id, SaveSourceConnection command, string by, CancellationToken ct)
    {
        if (await db.SourceConnections.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } connection)
        {
            return SourceErrors.NotFound;
        }

        command = command with { Kind = connection.Kind };
        if (Refusal(command, connection.Secret is not null || !string.IsNullOrEmpty(command.Secret)) is { } refused)
        {
            return refused;
        }

        if (await IsTakenAsync(command.Name, id, ct))
        {
            return SourceErrors.NameTaken;
        }

        var now = clock.GetUtcNow();
        if (command.Feed is not null || command.Mapping is not null || connectors.Single(c => c.Kind == connection.Kind) is IKnownSource)
        {
            if (await FeedAsync(command, by, now, ct) is not { } feed || feed.SourceId != connection.SourceId)
            {
                return SourceErrors.NoFeed;
            }

            connection.FeedId = feed.Id;
        }

        (connection.Name, connection.Settings) = (command.Name.Trim(), command.Settings);
        (connection.EveryMinutes, connection.DailyAt, connection.StaleAfterHours) = (command.EveryMinutes, command.DailyAt, command.StaleAfterHours);
        connection.IsWhole = command.IsWhole;
        connection.Secret = command.Secret is { Length: > 0 } secret ? secrets.Protect(secret) : connection.Secret;
        connection.Reopen(now);
        Trace("connection.changed", connection, by);
        await db.SaveChangesAsync(ct);
        return connection;
    }

    private async Task<bool> IsTakenAsync(string name, Guid? by, CancellationToken ct) =>
        (await db.SourceConnections.Where(c => c.Id != by).Select(c => c.Name).ToListAsync(ct)).Exists(known => known.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Asks the system of a connection whether it lets us read, and what it would give: in French.</summary>
    public async Task<Result<string>> TestAsync(Guid id, CancellationToken ct)
    {
        if (await db.SourceConnections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } connection)
        {
            return SourceErrors.NotFound;
        }

        var secret = connection.Secret is null ? null : secrets.Open(connection.Secret);
        if (connection.Secret is not null && secret is null)
        {
            return SourceErrors.SecretLost;
        }

        var feeds = await db.Feeds.AsNoTracking().Where(f => f.Id == connection.FeedId).ToListAsync(ct);
        var access = new SourceAccess(connection.Settings, secret, feeds) { Connection = id };
        return await connectors.Single(c => c.Kind == connection.Kind).TestAsync(access, ct);
    }

    /// <summary>Reads it in the background, now. A pull that already waits or runs is answered instead.</summary>
    public Task<Result<Run>> PullAsync(Guid id, string by, CancellationToken ct) => PullAsync(id, by, afresh: false, ct);

    /// <summary>The same for something that has just come: one that runs may be past it, so that another waits its turn.</summary>
    internal Task<Result<Run>> PullAfreshAsync(Guid id, string by, CancellationToken ct) => PullAsync(id, by, afresh: true, ct);

    private async Task<Result<Run>> PullAsync(Guid id, string by, bool afresh, CancellationToken ct)
    {
        if (await db.SourceConnections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } connection)
        {
            return SourceErrors.NotFound;
        }

        if (!connection.IsOpen)
        {
            return SourceErrors.Closed;
        }

        Run? run;
        await using (var commit = await db.Database.BeginTransactionAsync(ct))
        {
            // Two who ask at once get one pull.
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({id.ToString()}, 10))", ct);
            run = await db.Runs.FirstOrDefaultAsync(
                r => r.Stage == PullJob.Stage && r.Subject == id && (r.Status == RunStatus.Queued || (r.Status == RunStatus.Running && !afresh)), ct);
            if (run is null)
            {
                run = new Run { Stage = PullJob.Stage, Subject = id, Label = connection.Name, RequestedBy = by, QueuedAt = clock.GetUtcNow() };
                db.Runs.Add(run);
                await db.SaveChangesAsync(ct);
            }

            await commit.CommitAsync(ct);
        }

        await jobs.EnqueueAsync<PullJob>(run.Id, ct);
        return run;
    }

    /// <summary>It is read no more until it is resumed.</summary>
    public Task<Result<SourceConnection>> PauseAsync(Guid id, string by, CancellationToken ct) =>
        ChangeAsync(id, "connection.paused", by, c => c.Stop(ConnectionState.Paused, null), ct);

    public Task<Result<SourceConnection>> ResumeAsync(Guid id, string by, CancellationToken ct) =>
        ChangeAsync(id, "connection.resumed", by, c => c.Reopen(clock.GetUtcNow()), ct);

    /// <summary>A person agrees that the next whole reading withdraws all that it does not give, however much that is.</summary>
    public async Task<Result<SourceConnection>> AgreeAbsentAsync(Guid id, string by, CancellationToken ct)
    {
        if (await db.SourceConnections.AnyAsync(c => c.Id == id && !c.IsWhole, ct))
        {
            return SourceErrors.NotWhole;
        }

        var now = clock.GetUtcNow();
        await db.SourceAlerts.Where(a => a.ConnectionId == id && a.Code == SourceAlert.Absent && a.ClosedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.ClosedAt, now), ct);
        return await ChangeAsync(id, "connection.absent_agreed", by, c =>
        {
            c.AgreedAbsent = true;
            c.Reopen(now);
        }, ct);
    }

    /// <summary>Whether the connections of a kind may be declared whole.</summary>
    public bool MayBeWhole(string kind) => connectors.FirstOrDefault(c => c.Kind == kind) is not (null or IKnownSource or WebhookConnector);

    /// <summary>A person has read an alert.</summary>
    public async Task<Result<Guid>> CloseAlertAsync(Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.SourceAlerts.Where(a => a.Id == id && a.ClosedAt == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.ClosedAt, now), ct) == 0
            ? SourceErrors.AlertNotFound
            : id;
    }

    private Error? Refusal(SaveSourceConnection command, bool hasSecret) =>
        validator.Refusal(command) is { } malformed ? malformed
        : connectors.FirstOrDefault(c => c.Kind == command.Kind) is not { } connector ? SourceErrors.UnknownKind(command.Kind)
        : connector.Refusal(command.Settings, hasSecret) is { } refused ? refused
        : command.IsWhole && !connector.GivesWhole(command.Settings) ? SourceErrors.NotWhole
        : null;

    private Task<Feed?> FeedAsync(SaveSourceConnection command, string by, DateTimeOffset now, CancellationToken ct) =>
        new ConnectionFeeds(db, command, by, now).FindAsync(connectors.Single(c => c.Kind == command.Kind) as IKnownSource, ct);

    private async Task<Result<SourceConnection>> ChangeAsync(Guid id, string action, string by, Action<SourceConnection> change, CancellationToken ct)
    {
        if (await db.SourceConnections.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } connection)
        {
            return SourceErrors.NotFound;
        }

        change(connection);
        Trace(action, connection, by);
        await db.SaveChangesAsync(ct);
        return connection;
    }

    private void Trace(string action, SourceConnection connection, string by) => db.Audit.Add(new AuditEntry
    {
        At = clock.GetUtcNow(),
        Who = by,
        Action = action,
        Subject = $"{connection.Id}",
        Details = new Dictionary<string, string> { ["name"] = connection.Name },
    });
}
