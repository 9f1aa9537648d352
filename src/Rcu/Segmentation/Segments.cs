using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>What a person can do with segments: make them, change them, set them aside.</summary>
public sealed class Segments(RcuDb db, IValidator<SaveSegment> validator, SegmentRefresh refresh, TimeProvider clock)
{
    /// <summary>The segments in use, by name.</summary>
    public async Task<IReadOnlyList<Segment>> ListAsync(CancellationToken ct) =>
        await db.Segments.AsNoTracking().Where(s => s.ArchivedAt == null).OrderBy(s => s.Name).ThenBy(s => s.Id).ToListAsync(ct);

    public async Task<Result<Segment>> FindAsync(Guid id, CancellationToken ct) =>
        await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is { } segment ? segment : SegmentationErrors.NotFound;

    public async Task<Result<Segment>> CreateAsync(SaveSegment command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        if (ConditionCompiler.Refusal(command.Rule, command.Target) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow();
        var segment = new Segment
        {
            Name = command.Name.Trim(),
            Description = command.Description,
            Target = command.Target,
            Rule = NafPin.Pin(command.Rule, DateOnly.FromDateTime(now.UtcDateTime)),
            IsFrozen = command.IsFrozen,
            CreatedBy = by,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Segments.Add(segment);
        Trace("segment.created", segment, by);
        await db.SaveChangesAsync(ct);
        await refresh.RunAsync(segment.Id, ct);
        return segment;
    }

    /// <summary>Changes a segment, unless it changed since the reader saw <paramref name="version"/>.</summary>
    public async Task<Result<Segment>> UpdateAsync(Guid id, SaveSegment command, int version, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        if (await db.Segments.SingleOrDefaultAsync(s => s.Id == id && s.ArchivedAt == null, ct) is not { } segment)
        {
            return SegmentationErrors.NotFound;
        }

        if (segment.Version != version)
        {
            return SegmentationErrors.Stale;
        }

        if (ConditionCompiler.Refusal(command.Rule, segment.Target) is { } refused)
        {
            return refused;
        }

        var thaws = segment.IsFrozen && !command.IsFrozen;
        (segment.Name, segment.Description, segment.Rule, segment.IsFrozen) =
            (command.Name.Trim(), command.Description, NafPin.Pin(command.Rule, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)), command.IsFrozen);
        segment.Version++;
        segment.UpdatedAt = clock.GetUtcNow();
        Trace("segment.changed", segment, by);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return SegmentationErrors.Stale;
        }

        if (!segment.IsFrozen || thaws)
        {
            await refresh.RunAsync(segment.Id, ct);
        }

        return segment;
    }

    /// <summary>Sets a segment aside, unless a destination still receives it. Its history is kept.</summary>
    public async Task<Result<Segment>> ArchiveAsync(Guid id, string by, CancellationToken ct)
    {
        if (await db.Segments.SingleOrDefaultAsync(s => s.Id == id && s.ArchivedAt == null, ct) is not { } segment)
        {
            return SegmentationErrors.NotFound;
        }

        if (await ReceiversAsync(id, ct) is [var receiver, ..])
        {
            return SegmentationErrors.UsedBy(receiver);
        }

        segment.ArchivedAt = clock.GetUtcNow();
        segment.Version++;
        Trace("segment.archived", segment, by);
        await db.SaveChangesAsync(ct);
        return segment;
    }

    /// <summary>The names of the destinations that receive this segment.</summary>
    public async Task<IReadOnlyList<string>> ReceiversAsync(Guid id, CancellationToken ct) =>
        await db.Database.SqlQuery<string>($"select name as \"Value\" from destinations where segment_id = {id} order by name").ToListAsync(ct);

    private void Trace(string action, Segment segment, string by) => db.Audit.Add(new AuditEntry
    {
        At = clock.GetUtcNow(),
        Who = by,
        Action = action,
        Subject = $"{segment.Id}",
        Details = new Dictionary<string, string> { ["name"] = segment.Name, ["version"] = $"{segment.Version}" },
    });
}
