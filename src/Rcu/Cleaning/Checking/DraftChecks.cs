using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion.Drafts;
using Rcu.Jobs;

namespace Rcu.Cleaning.Checking;

/// <summary>Asks for the check of a whole file, and tells what it found.</summary>
public sealed class DraftChecks(RcuDb db, ImportDrafts drafts, IJobs jobs, TimeProvider clock)
{
    /// <summary>The stage name of these runs.</summary>
    public const string Stage = "Check";

    /// <summary>Starts a check unless one is at work or one holds already.</summary>
    public async Task<Result<ImportDraft>> RequestAsync(Guid id, string by, bool again, CancellationToken ct)
    {
        var found = await drafts.FindAsync(id, ct);
        if (found.Error is { } refusal)
        {
            return refusal;
        }

        var draft = found.Value!;
        if (draft.RunId is not null)
        {
            return DraftErrors.Started;
        }

        if (ImportDrafts.Missing(draft) is { } missing)
        {
            return missing;
        }

        var working = draft.CheckRun is { } last && await db.Runs.AnyAsync(r => r.Id == last && (r.Status == RunStatus.Queued || r.Status == RunStatus.Running), ct);
        if (working && !again || draft.CheckedAt is not null && !again)
        {
            return draft;
        }

        var run = new Run { Stage = Stage, Subject = id, Label = draft.OriginalName, RequestedBy = by, QueuedAt = clock.GetUtcNow() };
        db.Runs.Add(run);
        (draft.CheckRun, draft.CheckedAt, draft.MatchRun, draft.Matches) = (run.Id, null, null, null);
        await db.SaveChangesAsync(ct);
        await jobs.EnqueueAsync<DraftCheckJob>(run.Id, ct);
        return draft;
    }

    /// <summary>What was found, the problems of most rows first, with what a person already decided about each.</summary>
    public async Task<CheckView> ViewAsync(ImportDraft draft, CancellationToken ct)
    {
        var run = draft.CheckRun is { } id ? await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) : null;
        var problems = draft.CheckedAt is null ? []
            : await db.Set<DraftProblem>().AsNoTracking().Where(p => p.DraftId == draft.Id).OrderByDescending(p => p.Rows).ToListAsync(ct);
        var left = (await db.Database.SqlQuery<SkippedProblem>(
            $"select field, code, count(*) as lines from draft_skips where draft_id = {draft.Id} group by field, code").ToListAsync(ct))
            .ToDictionary(skip => (skip.Field, skip.Code), skip => skip.Lines);
        return new CheckView(run, problems, left);
    }

    internal sealed record SkippedProblem(string Field, string Code, long Lines);
}

/// <summary>A check as a person follows it.</summary>
/// <param name="Run">Null while none was asked for.</param>
/// <param name="Left">The problems whose lines are left out, and how many lines each.</param>
public sealed record CheckView(Run? Run, IReadOnlyList<DraftProblem> Problems, IReadOnlyDictionary<(string Field, string Code), long> Left)
{
    public bool Working => Run is { Status: RunStatus.Queued or RunStatus.Running };
}
