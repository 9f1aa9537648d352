using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Resolution;
using Rcu.Unification.Beliefs;
using Rcu.Unification.Echoes;
using Rcu.Unification.Locks;
using Rcu.Unification.People;
using Rcu.Unification.Postal;

namespace Rcu.Unification;

/// <summary>
/// Computes the golden rows of every stale cluster, batch by batch, then projects the facts of what changed. A batch and the
/// marks it clears are one transaction: a stage that was cut goes on with what is still marked.
/// </summary>
public sealed class UnifyStage(NpgsqlDataSource database, RcuDb db, TimeProvider clock) : IStage
{
    private const int BatchSize = 2_000;

    private readonly LockReader _locks = new(db);
    private readonly TypedPeople _people = new(db);

    private BeliefSet? _beliefs;
    private bool? _echoes;

    public string Name => "Unification";

    public async Task RunAsync(IStageProgress progress, CancellationToken ct)
    {
        await AnalyzeAsync(ct);
        await MarkMailedAsync(ct);
        await _locks.ExpireAsync(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), clock.GetUtcNow(), ct);
        await _people.FollowAsync(ct);
        await PostReader.MarkAsync(database, ct);
        var total = await CountAsync(ct);
        var done = 0L;
        foreach (var kind in new[] { ClusterKind.Account, ClusterKind.Contact })
        {
            done = await UnifyAsync(kind, done, total, progress, ct);
        }

        await AnalyzeAsync(ct);
        await new FactProjection(database, clock).RunAsync(ct);
        await new PostalFlags(db).RefreshAsync(ct);
        await AccountTies.ProjectAsync(db, ct);
        await progress.ReportAsync(total, total, ct);
    }

    private async Task<long> UnifyAsync(ClusterKind kind, long done, long total, IStageProgress progress, CancellationToken ct)
    {
        for (; ; )
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            var reader = new ClusterReader(connection);
            var clusters = await reader.TakeAsync(kind, BatchSize, ct);
            if (clusters.Count == 0)
            {
                return done;
            }

            await LookAsync(connection, kind, clusters, ct);
            var records = await reader.RecordsAsync(kind, clusters, ct);
            await (kind is ClusterKind.Account
                ? WriteAccountsAsync(connection, clusters, records, ct)
                : WriteContactsAsync(connection, reader, clusters, records, ct));
            await transaction.CommitAsync(ct);
            done += clusters.Count;
            await progress.ReportAsync(done, total, ct);
        }
    }

    /// <summary>These contacts at once, unless a run has just taken them: whoever typed something of them is looking at their page.</summary>
    public async Task ContactsAsync(IReadOnlyCollection<Guid> contacts, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var reader = new ClusterReader(connection);
        var clusters = await reader.TakeTheseAsync(ClusterKind.Contact, contacts, ct);
        if (clusters.Count > 0)
        {
            await LookAsync(connection, ClusterKind.Contact, clusters, ct);
            await WriteContactsAsync(connection, reader, clusters, await reader.RecordsAsync(ClusterKind.Contact, clusters, ct), ct);
            await transaction.CommitAsync(ct);
        }
    }

    private async Task WriteAccountsAsync(
        NpgsqlConnection connection, List<Guid> clusters, ILookup<Guid, ClusterRecord> records, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var policy = (await BeliefsAsync(ct)).PolicyFor(ClusterKind.Account);
        var locks = await _locks.OfAsync(ClusterKind.Account, clusters, records, now, ct);
        var accounts = clusters.Select(id => AccountUnifier.Unify(id, [.. records[id]], [.. locks[id]], now, policy)).OfType<Account>().ToList();
        var establishments = accounts.SelectMany(a => EstablishmentUnifier.Unify(a, [.. records[a.Id]], policy)).ToList();
        await GoldenChanges.RemoveAsync(connection, ClusterKind.Account, clusters.Except(accounts.Select(a => a.Id)), ct);
        await BulkCopy.UpsertAsync(db, connection, accounts, ["created_at"], "version", ct);
        await GoldenChanges.TellAsync(connection, ClusterKind.Account, clusters, ct);
        await RemoveAsync(connection, "delete from establishments where account_id = any($1)", clusters, ct);
        await BulkCopy.InsertAsync(db, connection, establishments, ct);
    }

    private async Task WriteContactsAsync(
        NpgsqlConnection connection, ClusterReader reader, List<Guid> clusters, ILookup<Guid, ClusterRecord> records, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var ids = clusters.SelectMany(c => records[c]).Select(r => r.Id).ToList();
        var employers = await reader.EmployersAsync(ids, ct);
        var events = await reader.MailEventsAsync(ids, ct);
        var withdrawn = await reader.WithdrawnRefusalsAsync([.. clusters.SelectMany(c => records[c]).Select(r => r["email"]).OfType<string>().Distinct()], ct);
        var policy = (await BeliefsAsync(ct)).PolicyFor(ClusterKind.Contact);
        var locks = await _locks.OfAsync(ClusterKind.Contact, clusters, records, now, ct);
        var said = await _people.OfAsync(clusters, ct);
        var unified = clusters
            .Select(id => ContactUnifier.Unify(
                id, [.. records[id]], employers, [.. records[id].SelectMany(r => events[r.Id])], withdrawn, [.. locks[id]], said(id), now, policy))
            .OfType<UnifiedContact>()
            .ToList();
        await GoldenChanges.RemoveAsync(connection, ClusterKind.Contact, clusters.Except(unified.Select(u => u.Contact.Id)), ct);
        await BulkCopy.UpsertAsync(db, connection, unified.Select(u => u.Contact), ["created_at"], "version", ct);
        await GoldenChanges.TellAsync(connection, ClusterKind.Contact, clusters, ct);
        // What was typed in the hub about a role is evidence too: all roles are computed.
        await RemoveAsync(connection, "delete from roles where contact_id = any($1)", clusters, ct);
        await RemoveAsync(connection, "delete from consents where contact_id = any($1)", clusters, ct);
        await BulkCopy.InsertAsync(db, connection, unified.SelectMany(u => u.Roles), ct);
        await BulkCopy.InsertAsync(db, connection, unified.SelectMany(u => u.Consents), ct);
        await TypedPeople.WriteRelationsAsync(connection, clusters, ct);
    }

    private async Task LookAsync(NpgsqlConnection connection, ClusterKind kind, List<Guid> clusters, CancellationToken ct)
    {
        var echoes = new EchoReader(connection);
        if (_echoes ??= await echoes.AnyAsync(ct))
        {
            await echoes.LookAsync(kind, clusters, ct);
        }
    }

    // Set anew while rows are computed, they are all marked again: one run goes by one set.
    private async Task<BeliefSet> BeliefsAsync(CancellationToken ct) => _beliefs ??= await BeliefReview.InForceAsync(db, ct);

    // A first import fills empty tables: without fresh statistics the planner takes them for empty still.
    private async Task AnalyzeAsync(CancellationToken ct)
    {
        await using var analyze = database.CreateCommand("select analyze_pipeline()");
        await analyze.ExecuteNonQueryAsync(ct);
    }

    // An unsubscription or a hard bounce changes who may be written to, though no record of the person changed.
    private async Task MarkMailedAsync(CancellationToken ct)
    {
        await using var mark = database.CreateCommand(
            """
            insert into stale_clusters (kind, cluster_id)
            select distinct 'Contact', l.cluster_id
            from records e
            join records c on c.source_id = e.source_id and c.kind = 'Contact' and c.external_key = e.fields ->> 'contact_key'
            join links l on l.record_id = c.id and l.kind = 'Contact'
            where e.kind = 'Interaction' and e.fields ->> 'kind' in ('unsubscribed', 'email_bounced_hard', 'email_complained')
              and greatest(e.cleaned_at, e.removed_at) >= (
                select coalesce(max((value #>> '{}')::timestamptz), '-infinity') from hub_settings where name = 'projected_at')
            on conflict do nothing
            """);
        await mark.ExecuteNonQueryAsync(ct);
    }

    private async Task<long> CountAsync(CancellationToken ct)
    {
        await using var count = database.CreateCommand("select count(*) from stale_clusters");
        return (long)(await count.ExecuteScalarAsync(ct))!;
    }

    private static async Task RemoveAsync(NpgsqlConnection connection, string sql, IEnumerable<Guid> ids, CancellationToken ct)
    {
#pragma warning disable CA2100 // constant text of this class
        await using var remove = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = ids.ToArray() } } };
#pragma warning restore CA2100
        await remove.ExecuteNonQueryAsync(ct);
    }
}
