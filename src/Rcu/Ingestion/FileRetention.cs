using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion.Drafts;

namespace Rcu.Ingestion;

/// <summary>
/// Forgets the bytes of files after thirty days, and what was prepared and never started. What the files said stays as
/// evidence, and their imports can still be undone.
/// </summary>
public sealed class FileRetention(RcuDb db, UploadStore store, ImportDrafts drafts, TimeProvider clock)
{
    public const int Days = 30;

    private const int AtOnce = 500;

    /// <summary>How many files were forgotten.</summary>
    public async Task<int> ForgetAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().AddDays(-Days);
        var forgotten = 0;
        foreach (var draft in await db.Set<ImportDraft>().Where(d => d.RunId == null && d.ChangedAt < before).Select(d => d.Id).Take(AtOnce).ToListAsync(ct))
        {
            forgotten += (await drafts.ForgetAsync(draft, ct)).Succeeded ? 1 : 0;
        }

        // A file still to be read is kept, however old.
        var old = await db.Uploads.GroupBy(u => u.StoredName)
            .Where(reads => reads.All(u => u.UploadedAt < before && db.Runs.Any(r => r.Id == u.RunId && r.EndedAt != null)))
            .Select(reads => reads.Key).ToListAsync(ct);
        foreach (var name in old.Where(store.Holds))
        {
            ct.ThrowIfCancellationRequested();
            store.Forget(name);
            forgotten++;
        }

        return forgotten;
    }
}
