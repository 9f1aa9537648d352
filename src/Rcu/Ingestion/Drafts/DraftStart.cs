using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Identifiers;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Ingestion.Drafts;

/// <summary>Starts an import that was prepared: its mapping is saved as a new version when it changed, and the file goes in.</summary>
public sealed partial class DraftStart(RcuDb db, IJobs jobs, TimeProvider clock)
{
    private const int LastPriority = 1_000;

    public Task<Result<Guid>> StartAsync(Guid id, string by, CancellationToken ct) => StartAsync(id, by, agreed: false, ct);

    /// <param name="agreed">Whether a person confirmed that the many records which a whole file does not hold are to be withdrawn.</param>
    public async Task<Result<Guid>> StartAsync(Guid id, string by, bool agreed, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({id.ToString()}, 1))", ct);
        if (await db.Set<ImportDraft>().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } draft)
        {
            return DraftErrors.NotFound;
        }

        if (Refusal(draft, agreed) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        var source = await SourceAsync(draft, now, ct);
        var feed = await FeedAsync(draft, source, now, by, ct);
        var run = new Run { Stage = IngestJob.Stage, Subject = source.Id, Label = draft.OriginalName, RequestedBy = by, QueuedAt = now };
        run.Advance(0, draft.Tally!.Rows, null);
        db.Runs.Add(run);
        await db.SaveChangesAsync(ct); // before the upload that names it
        db.Uploads.Add(new Upload
        {
            RunId = run.Id,
            SourceId = source.Id,
            FeedId = feed.Id,
            OriginalName = draft.OriginalName,
            StoredName = draft.StoredName,
            Bytes = draft.Bytes,
            Sha256 = draft.Sha256,
            UploadedBy = by,
            UploadedAt = now,
            AgreedAbsent = draft.Tally.Effects?.Absence?.Count,
        });
        draft.RunId = run.Id;
        db.Audit.Add(new AuditEntry
        {
            At = now,
            Who = by,
            Action = "import.received",
            Subject = $"{run.Id}",
            Details = new Dictionary<string, string> { ["file"] = draft.OriginalName, ["mapping"] = $"{feed.Name} {feed.Version}" },
        });
        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlAsync($"delete from draft_rows where draft_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"delete from draft_problem_lines where draft_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"delete from draft_problem_rows where draft_id = {id}", ct);
        await commit.CommitAsync(ct);
        await jobs.EnqueueAsync<IngestJob>(run.Id, ct);
        return run.Id;
    }

    private static Error? Refusal(ImportDraft draft, bool agreed) =>
        draft.RunId is not null ? DraftErrors.Started
        : ImportDrafts.Missing(draft) is { } missing ? missing
        : draft.CheckedAt is null || draft.Tally is not { } tally ? DraftErrors.NotChecked
        : tally.Ready + tally.Warned == 0 ? DraftErrors.NothingReady
        : tally.Effects is { Absence.AreMany: true, Unread: 0 } && !agreed ? DraftErrors.AbsentUnconfirmed
        : null;

    private async Task<Source> SourceAsync(ImportDraft draft, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Sources.SingleOrDefaultAsync(s => s.Name == draft.SourceName, ct) is { } known)
        {
            return known;
        }

        var last = await db.Sources.Where(s => s.Priority < LastPriority).MaxAsync(s => (int?)s.Priority, ct) ?? 0;
        var source = new Source { Name = draft.SourceName!, Label = draft.SourceLabel ?? draft.SourceName!, Priority = last + 10, CreatedAt = now };
        db.Sources.Add(source);
        await db.SaveChangesAsync(ct); // before the feed that names it
        return source;
    }

    private async Task<Feed> FeedAsync(ImportDraft draft, Source source, DateTimeOffset now, string by, CancellationToken ct)
    {
        draft.MappingName ??= NameOf(Path.GetFileNameWithoutExtension(FileNames.PatternOf(draft.OriginalName))) is { Length: > 0 } name ? name : source.Name;
        var last = await db.Feeds.Where(f => f.SourceId == source.Id && f.Name == draft.MappingName).OrderByDescending(f => f.Version).FirstOrDefaultAsync(ct);
        var wanted = draft.ToFeed(source.Id, (last?.Version ?? 0) + 1, now, by);
        if (last is not null && last.Active && Says(last, wanted))
        {
            return last;
        }

        if (last is not null)
        {
            // The name a file is known by is not narrowed by one file of it.
            last.Active = false;
            wanted = draft.ToFeed(source.Id, last.Version + 1, now, by, last.FilePattern);
        }

        db.Feeds.Add(wanted);
        await db.SaveChangesAsync(ct);
        return wanted;
    }

    /// <summary>A short name for what a person called something: « Salon Préventica 2026 » is <c>salon_preventica_2026</c>.</summary>
    public static string NameOf(string label) => Others().Replace(label.Folded().ToLowerInvariant(), "_").Trim('_');

    private static bool Says(Feed last, Feed wanted) =>
        last.Kind == wanted.Kind && last.KeyColumns.SequenceEqual(wanted.KeyColumns)
        && JsonElement.DeepEquals(last.Format, wanted.Format)
        && JsonSerializer.Serialize(last.Columns.OrderBy(c => c.Field, StringComparer.Ordinal)) == JsonSerializer.Serialize(wanted.Columns.OrderBy(c => c.Field, StringComparer.Ordinal))
        && (last.Purpose, last.LegalBasis, last.ExpectedDays, last.IsWhole) == (wanted.Purpose, wanted.LegalBasis, wanted.ExpectedDays, wanted.IsWhole);

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Others();
}
