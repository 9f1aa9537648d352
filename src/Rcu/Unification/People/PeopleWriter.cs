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
            .Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct) ?? golden;
    }

    /// <param name="before">The version it replaces, or what is removed.</param>
    /// <param name="now">What is said from here on; null when something is removed.</param>
    public async Task SaveAsync(TypedFact? before, TypedFact? now, string act, string by, IReadOnlyCollection<Guid> contacts, CancellationToken ct)
    {
        var at = clock.GetUtcNow();
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        if (before is not null)
        {
            before.Drop(by, at);
            db.Update(before); // it was read along with what the reader may see, which is not tracked
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
    }
}
