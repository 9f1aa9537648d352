using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;

namespace Rcu.Ingestion.Pulling;

/// <summary>Where the next reading of a source begins, once a reading is undone.</summary>
public static class SourceCursor
{
    /// <summary>Counted 1 on an undone reading when the next one begins before it again, 0 when it does not.</summary>
    public const string MovedBack = "cursorBack";

    /// <summary>
    /// Puts a source back where it was before a reading, in the transaction that undoes it; not when a later reading went
    /// further, whose rows would otherwise be asked for again. What the source still says would come back at its next reading: it
    /// waits for a person.
    /// </summary>
    internal static async Task MoveBackAsync(RcuDb db, Run run, CancellationToken ct)
    {
        var connection = await db.SourceConnections.SingleAsync(c => c.Id == run.Subject, ct);
        var overtaken = await db.Runs.AnyAsync(
            r => r.Stage == PullJob.Stage && r.Subject == run.Subject && r.Id != run.Id && r.UndoneAt == null
                && (r.Status == RunStatus.Running || (r.QueuedAt >= run.QueuedAt && r.Done > 0)),
            ct);
        var moves = run.CursorBefore is not null && !overtaken;
        if (moves)
        {
            connection.Cursor = run.CursorBefore!.Length == 0 ? null : run.CursorBefore;
            connection.SeesWhole = false; // what was met before that place is forgotten
        }

        if (connection.IsOpen)
        {
            connection.Stop(
                ConnectionState.Paused,
                $"Une lecture a été annulée par {run.UndoneBy}. À la prochaine, ce que la source dit encore reviendrait : corrigez-le chez elle ou dans la correspondance, puis reprenez.");
        }

        run.Count(new Dictionary<string, long>(run.Counters) { [MovedBack] = moves ? 1 : 0 });
    }
}
