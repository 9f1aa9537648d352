using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;

namespace Rcu.Activation;

/// <summary>Shows what was pushed: destinations with their state, runs with their balance, the log line by line.</summary>
public sealed class ActivationLog(RcuDb db)
{
    private const int MostReasons = 20;

    public async Task<IReadOnlyList<DestinationView>> DestinationsAsync(CancellationToken ct) => await Views(db.Destinations).ToListAsync(ct);

    public async Task<Result<DestinationView>> DestinationAsync(Guid id, CancellationToken ct) =>
        await Views(db.Destinations.Where(d => d.Id == id)).SingleOrDefaultAsync(ct) is { } view ? view : ActivationErrors.NotFound;

    /// <summary>The latest runs of a destination.</summary>
    public async Task<IReadOnlyList<Run>> RunsAsync(Guid destination, int take, CancellationToken ct) => await db.Runs.AsNoTracking()
        .Where(r => r.Stage == "Activation" && r.Subject == destination)
        .OrderByDescending(r => r.QueuedAt).ThenByDescending(r => r.Id).Take(take).ToListAsync(ct);

    /// <summary>The log, latest first, from just before <paramref name="filter"/>'s position.</summary>
    public async Task<IReadOnlyList<Delivery>> LinesAsync(Guid destination, LogFilter filter, int take, CancellationToken ct)
    {
        var lines = db.Deliveries.AsNoTracking().Where(d => d.DestinationId == destination);
        if (filter.RunId is { } run)
        {
            lines = lines.Where(d => d.RunId == run);
        }

        if (filter.Status is { } status)
        {
            lines = lines.Where(d => d.Status == status);
        }

        if (filter.ProfileId is { } profile)
        {
            lines = lines.Where(d => d.ProfileId == profile);
        }

        if (filter.Text is { Length: > 0 } text)
        {
            var sought = $"%{text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            lines = lines.Where(d => EF.Functions.ILike(d.ProfileName, sought));
        }

        if (filter.Before is { } before)
        {
            lines = lines.Where(d => d.Id < before);
        }

        return await lines.OrderByDescending(d => d.Id).Take(Math.Clamp(take, 1, 200)).ToListAsync(ct);
    }

    /// <summary>What each destination knows of one account or contact, and the last thing that was tried.</summary>
    public async Task<IReadOnlyList<Delivery>> OfProfileAsync(Guid profile, CancellationToken ct) => await db.Deliveries.AsNoTracking()
        .Where(d => d.ProfileId == profile)
        .OrderByDescending(d => d.At).Take(20).ToListAsync(ct);

    /// <summary>Why profiles were refused or wait, with how many each: together, all of them.</summary>
    public async Task<IReadOnlyList<ReasonCount>> ReasonsAsync(Guid runId, CancellationToken ct)
    {
        // What a reason says of one person alone, a day or an address, parts none of them.
        var counted = await db.Database.SqlQuery<Counted>(
            $"""
            select status as "Status", common as "Reason", count(*)::int as "Count"
            from deliveries cross join lateral (select regexp_replace(reason, ' (le [0-9]+/[0-9]+/[0-9]+|à [^ ]+@[^ ]+[^ .])', '', 'g') as common) said
            where run_id = {runId} and reason is not null
            group by status, common
            order by count(*) desc, common, status
            """).ToListAsync(ct);
        return
        [
            .. counted.Take(MostReasons).Select(c => new ReasonCount(Enum.Parse<DeliveryStatus>(c.Status), c.Reason, c.Count)),
            .. counted.Skip(MostReasons).GroupBy(c => c.Status).Select(g => new ReasonCount(Enum.Parse<DeliveryStatus>(g.Key), null, g.Sum(c => c.Count))),
        ];
    }

    private IQueryable<DestinationView> Views(IQueryable<Destination> destinations) => destinations.AsNoTracking()
        .OrderBy(d => d.Name).ThenBy(d => d.Id)
        .Select(d => new DestinationView
        {
            Destination = d,
            SegmentName = db.Segments.Where(s => s.Id == d.SegmentId).Select(s => s.Name).FirstOrDefault(),
            Present = db.DestinationProfiles.Count(p => p.DestinationId == d.Id && (p.ContentHash != new byte[0] || p.Payload != null)),
            Waiting = db.Outbox.Count(o => o.DestinationId == d.Id && o.Status == OutboxStatus.Waiting),
            Rejected = db.Outbox.Count(o => o.DestinationId == d.Id && o.Status == OutboxStatus.Dead),
            LastRun = db.Runs.Where(r => r.Stage == "Activation" && r.Subject == d.Id).OrderByDescending(r => r.QueuedAt).FirstOrDefault(),
        });

    private sealed record Counted(string Status, string Reason, int Count);
}

/// <summary>A destination and where it stands.</summary>
public sealed record DestinationView
{
    public required Destination Destination { get; init; }

    public string? SegmentName { get; init; }

    /// <summary>The profiles the tool took and was not told to drop, those it is being told again included.</summary>
    public int Present { get; init; }

    public int Waiting { get; init; }

    public int Rejected { get; init; }

    public Run? LastRun { get; init; }
}

/// <summary>Which lines of the log.</summary>
public sealed record LogFilter(Guid? RunId = null, DeliveryStatus? Status = null, Guid? ProfileId = null, string? Text = null, Guid? Before = null);

/// <summary>A reason and how many profiles it stops.</summary>
/// <param name="Reason">Null for all those that are rarer than the ones given.</param>
public sealed record ReasonCount(DeliveryStatus Status, string? Reason, int Count);
