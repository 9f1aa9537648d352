using Npgsql;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>
/// Decides which records are the same company or the same person. It reads every clean record, asks the engine, and writes
/// what changed in one transaction: links, review pairs, retired ids, and the clusters whose golden row is now stale.
/// </summary>
public sealed class ResolveStage(NpgsqlDataSource database) : IStage
{
    private const int Lock = 20260102;

    public string Name => "Resolution";

    public async Task RunAsync(IStageProgress progress, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var alone = new NpgsqlCommand($"select pg_advisory_xact_lock({Lock})", connection))
        {
            await alone.ExecuteNonQueryAsync(ct);
        }

        // What is compared with what other stages stamped is stamped by the same clock: the database's.
        await using var time = new NpgsqlCommand("select now()", connection);
        var now = new DateTimeOffset((DateTime)(await time.ExecuteScalarAsync(ct))!);
        var data = await ResolutionData.LoadAsync(connection, ct);
        var total = data.Accounts.Count + data.Contacts.Count;
        await progress.ReportAsync(0, total, ct);

        var settings = data.Settings;
        var (accounts, accountResult) = AccountMatching.Run(data, settings, null, ct);
        var accountPlan = Plan(ClusterKind.Account, data.Accounts, accountResult, data);
        await progress.ReportAsync(data.Accounts.Count, total, ct);

        var employers = new Employers(data, accountPlan.IdOf, accounts, accountResult).Of(data.Contacts);
        var (contacts, contactResult) = ContactMatching.Run(data, employers, settings, null, ct);
        var contactPlan = Plan(ClusterKind.Contact, data.Contacts, contactResult, data);
        await progress.ReportAsync(total, total, ct);

        var writer = new LinkWriter(connection, data, now);
        writer.Join(ClusterKind.Account, data.Accounts, accountPlan, accountResult, accounts);
        writer.Join(ClusterKind.Contact, data.Contacts, contactPlan, contactResult, contacts);
        writer.Attach(data.Contacts, employers);
        writer.Follow(ClusterKind.Account, accountPlan);
        writer.Follow(ClusterKind.Contact, contactPlan);
        await writer.WriteAsync(ct);
        await writer.RedirectAsync(ClusterKind.Account, accountPlan, ct);
        await writer.RedirectAsync(ClusterKind.Contact, contactPlan, ct);

        var queue = new MatchWriter(connection, now);
        await queue.WriteAsync(ClusterKind.Account, accounts, accountResult, ct);
        await queue.WriteAsync(ClusterKind.Contact, contacts, contactResult, ct);
        await transaction.CommitAsync(ct);
    }

    private static ClusterIds Plan(
        ClusterKind kind, IReadOnlyList<ResolvedRecord> records, MatchResult result, ResolutionData data)
    {
        var groups = records.Select((record, i) => (record.Id, Cluster: result.ClusterOf[i]))
            .GroupBy(r => r.Cluster, r => r.Id)
            .Select(g => (IReadOnlyList<Guid>)[.. g]);
        var current = new Dictionary<Guid, Guid>();
        foreach (var record in records)
        {
            if (data.Links.TryGetValue((record.Id, kind), out var link))
            {
                current[record.Id] = link.ClusterId;
            }
        }

        return ClusterIds.Assign(groups, current, [.. data.Redirects.Where(r => r.Kind == kind)]);
    }
}
