using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>What a person can do with segments: make them, change them, set them aside.</summary>
public sealed class Segments(RcuDb db, IValidator<SaveSegment> validator, SegmentRules rules, SegmentRefresh refresh, TimeProvider clock)
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

        if ((ConditionCompiler.Refusal(command.Rule, command.Target) ?? await rules.RefusalAsync(null, command.Rule, ct)) is { } refused)
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
        db.Add(SegmentVersion.Of(segment, by));
        Trace("segment.created", segment, by);
        await db.SaveChangesAsync(ct);
        await refresh.RunAsync(segment.Id, ct);
        await db.Entry(segment).ReloadAsync(ct);
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

        if ((ConditionCompiler.Refusal(command.Rule, segment.Target) ?? await rules.RefusalAsync(id, command.Rule, ct)) is { } refused)
        {
            return refused;
        }

        var thaws = segment.IsFrozen && !command.IsFrozen;
        (segment.Name, segment.Description, segment.Rule, segment.IsFrozen) =
            (command.Name.Trim(), command.Description, NafPin.Pin(command.Rule, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)), command.IsFrozen);
        segment.Version++;
        segment.UpdatedAt = clock.GetUtcNow();
        db.Add(SegmentVersion.Of(segment, by));
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
            await db.Entry(segment).ReloadAsync(ct);
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

    /// <summary>The versions a segment had, the last first.</summary>
    public async Task<IReadOnlyList<SegmentVersion>> VersionsAsync(Guid id, CancellationToken ct) =>
        await db.Set<SegmentVersion>().AsNoTracking().Where(v => v.SegmentId == id).OrderByDescending(v => v.Version).Take(100).ToListAsync(ct);

    /// <summary>Makes an earlier version the next one.</summary>
    /// <param name="version">The version in force that was read.</param>
    public async Task<Result<Segment>> RestoreAsync(Guid id, int earlier, int version, string by, CancellationToken ct)
    {
        var found = await FindAsync(id, ct);
        return !found.Succeeded ? found.Error
            : await db.Set<SegmentVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.SegmentId == id && v.Version == earlier, ct) is { } kept
                ? await UpdateAsync(id, new SaveSegment(kept.Name, kept.Description, found.Value.Target, kept.Rule, kept.IsFrozen), version, by, ct)
                : SegmentationErrors.VersionNotFound;
    }

    /// <summary>The names of the destinations that receive this segment, and of the segments that look at it.</summary>
    public async Task<IReadOnlyList<string>> ReceiversAsync(Guid id, CancellationToken ct)
    {
        var destinations = await db.Database.SqlQuery<string>($"select name as \"Value\" from destinations where segment_id = {id} order by name").ToListAsync(ct);
        var others = await db.Segments.AsNoTracking().Where(s => s.ArchivedAt == null && s.Id != id).OrderBy(s => s.Name).ToListAsync(ct);
        return [.. destinations, .. others.Where(s => SegmentRules.Named(s.Rule).Contains(id)).Select(s => s.Name)];
    }

    private void Trace(string action, Segment segment, string by) => db.Audit.Add(new AuditEntry
    {
        At = clock.GetUtcNow(),
        Who = by,
        Action = action,
        Subject = $"{segment.Id}",
        Details = new Dictionary<string, string> { ["name"] = segment.Name, ["version"] = $"{segment.Version}" },
    });
}
