using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Unification.People;

/// <summary>Keeps what someone said of people, and shows it at once: the contacts it speaks of are computed again there and then.</summary>
internal sealed class PeopleWriter(RcuDb db, NpgsqlDataSource database, PipelineRuns pipeline, TimeProvider clock)
{
    /// <summary>The record that what is said of a golden row goes with: of a source, as long as there is one.</summary>
    public async Task<Guid> AnchorAsync(ClusterKind kind, Guid golden, CancellationToken ct)
    {
        var recordKind = kind is ClusterKind.Account ? RecordKind.Account : RecordKind.Contact;
        return await db.Links.Where(l => l.Kind == kind && l.ClusterId == golden)
            .Join(db.Records.Where(r => r.RemovedAt == null), l => l.RecordId, r => r.Id, (_, r) => r)
            .Join(db.Sources, r => r.SourceId, s => s.Id, (r, s) => new { r.Id, Own = r.Kind == recordKind, Typed = s.Name == Source.Saisie })
            .OrderByDescending(r => r.Own).ThenBy(r => r.Typed).ThenBy(r => r.Id)
            .Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct)
            // Its records have just joined another's, and the page of that one is not computed yet.
            ?? (await db.Set<Redirect>().Where(r => r.RetiredId == golden).Select(r => r.RecordIds).FirstOrDefaultAsync(ct))?.FirstOrDefault()
            ?? golden;
    }

    /// <param name="before">The version it replaces, or what is removed.</param>
    /// <param name="now">What is said from here on; null when something is removed.</param>
    /// <returns>A refusal when someone else was faster with that version; nothing is kept then.</returns>
    public async Task<Error?> SaveAsync<T>(T? before, T? now, string act, string by, IReadOnlyCollection<Guid> contacts, CancellationToken ct)
        where T : TypedFact
    {
        var at = clock.GetUtcNow();
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        if (before is not null)
        {
            var dropped = await db.Set<T>().Where(f => f.Id == before.Id && f.DroppedAt == null)
                .ExecuteUpdateAsync(f => f.SetProperty(d => d.DroppedBy, by).SetProperty(d => d.DroppedAt, at), ct);
            if (dropped == 0)
            {
                return UnificationErrors.Stale;
            }
        }

        if (now is not null)
        {
            db.Add(now);
        }

        db.Audit.Add(new AuditEntry
        {
            At = at,
            Who = by,
            Action = act,
            Subject = $"{contacts.First()}",
            Details = new Dictionary<string, string> { ["fact"] = $"{(now ?? before)!.FactId}" },
        });
        await db.SaveChangesAsync(ct);
        var ids = contacts.ToArray();
        await db.Database.ExecuteSqlAsync(
            $"insert into stale_clusters (kind, cluster_id) select 'Contact', id from unnest({ids}) id on conflict do nothing", ct);
        await commit.CommitAsync(ct);
        await new UnifyStage(database, db, clock).ContactsAsync(contacts, ct);
        await pipeline.RequestAsync(by, ct);
        return null;
    }

    /// <param name="version">The one that was read; null removes any.</param>
    public async Task<Result<bool>> RemoveAsync<T>(T before, int? version, string act, string by, IReadOnlyCollection<Guid> contacts, CancellationToken ct)
        where T : TypedFact
    {
        var refusal = version is { } seen && seen != before.Version ? UnificationErrors.Stale : await SaveAsync(before, null, act, by, contacts, ct);
        return refusal is null ? true : refusal;
    }
}
