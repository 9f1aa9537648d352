using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion.Drafts;
using Rcu.Jobs;

namespace Rcu.Resolution;

/// <summary>Asks which of the new rows of a file that waits the hub would take for someone it knows.</summary>
public sealed class DraftMatches(RcuDb db, IJobs jobs, TimeProvider clock)
{
    /// <summary>The stage name of these runs.</summary>
    public const string Stage = "DraftMatches";

    /// <summary>The comparison of a file that was checked; it is begun unless it was already. Null: there is nothing to compare.</summary>
    public async Task<Run?> RequestAsync(ImportDraft draft, string by, CancellationToken ct)
    {
        if (draft.Kind is not (RecordKind.Account or RecordKind.Contact) || draft.CheckedAt is null)
        {
            return null;
        }

        if (draft.MatchRun is { } last)
        {
            return await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == last, ct);
        }

        var run = new Run { Stage = Stage, Subject = draft.Id, Label = draft.OriginalName, RequestedBy = by, QueuedAt = clock.GetUtcNow() };
        await using (var commit = await db.Database.BeginTransactionAsync(ct))
        {
            // Of two who ask at once, one begins it.
            if (await db.Set<ImportDraft>().Where(d => d.Id == draft.Id && d.MatchRun == null)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.MatchRun, run.Id).SetProperty(d => d.Matches, (FoundMatches?)null), ct) == 0)
            {
                return null;
            }

            db.Runs.Add(run);
            await db.SaveChangesAsync(ct);
            await commit.CommitAsync(ct);
        }

        await jobs.EnqueueAsync<DraftMatchJob>(run.Id, ct);
        return run;
    }
}
