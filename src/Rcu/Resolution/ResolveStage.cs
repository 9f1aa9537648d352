using Npgsql;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>
/// Decides which records are the same company or the same person. It gives every clean record to the engine, and writes what
/// changed in one transaction: links, review pairs, retired ids, and the clusters whose golden row is now stale.
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
        var total = await CountAsync("true", connection, ct);
        await progress.ReportAsync(0, total, ct);

        var data = await ResolutionData.LoadAsync(connection, ct);
        var accountLinks = await CurrentLinks.LoadAsync(connection, ClusterKind.Account, ct);
        var contactLinks = await CurrentLinks.LoadAsync(connection, ClusterKind.Contact, ct);
        var keys = await CountAsync("kind = 'Contact'", connection, ct) > 0 ? new EmployerKeys() : null;

        var (accounts, accountResult) = await MatchAsync(
            await AccountMatching.OpenAsync(connection, data, keys, ct), data.Settings, data.AccountDecisions, data.SirenAliases, ct);
        var accountSplits = new SplitGuard(accounts, accountResult, accountLinks, data, ClusterKind.Account);
        var accountPlan = ClusterPlan.Of(accounts, accountSplits.Groups(), accountLinks, [.. data.Redirects.Where(r => r.Kind is ClusterKind.Account)]);
        await progress.ReportAsync(accounts.Count, total, ct);

        var employers = keys is null
            ? []
            : await new Employers(accounts, keys, accountPlan.IdAt, accountResult).FindAsync(connection, ct);
        var (contacts, contactResult) = await MatchAsync(
            await ContactMatching.OpenAsync(connection, data, contact => employers.GetValueOrDefault(contact)?.AccountId, ct),
            data.Settings, data.ContactDecisions, null, ct);
        var contactSplits = new SplitGuard(contacts, contactResult, contactLinks, data, ClusterKind.Contact);
        var contactPlan = ClusterPlan.Of(contacts, contactSplits.Groups(), contactLinks, [.. data.Redirects.Where(r => r.Kind is ClusterKind.Contact)]);
        await progress.ReportAsync(total, total, ct);

        var writer = new LinkWriter(connection, accountLinks, contactLinks, now);
        await writer.BeginAsync(ct);
        await writer.JoinAsync(ClusterKind.Account, accounts, accountPlan, accountResult, ct);
        await writer.JoinAsync(ClusterKind.Contact, contacts, contactPlan, contactResult, ct);
        await writer.AttachAsync(contacts, employers, ct);
        await writer.FollowAsync(ClusterKind.Account, Corrections.Place(ClusterKind.Account, data, accountPlan, accountLinks), ct);
        await writer.FollowAsync(ClusterKind.Contact, Corrections.Place(ClusterKind.Contact, data, contactPlan, contactLinks), ct);
        await writer.EndAsync([(ClusterKind.Account, accountPlan.New), (ClusterKind.Contact, contactPlan.New)], ct);

        var redirects = new RedirectWriter(connection, now);
        await redirects.WriteAsync(ClusterKind.Account, accountPlan, ct);
        await redirects.WriteAsync(ClusterKind.Contact, contactPlan, ct);

        await ConcludeAsync(connection, ClusterKind.Account, accounts, accountPlan, accountResult, accountSplits.Held, now, ct);
        await ConcludeAsync(connection, ClusterKind.Contact, contacts, contactPlan, contactResult, contactSplits.Held, now, ct);
        await transaction.CommitAsync(ct);
    }

    // The questions for people, and what was done.
    private static async Task ConcludeAsync(
        NpgsqlConnection connection, ClusterKind kind, KnownRecords records, ClusterPlan plan, MatchResult result, List<HeldSplit> held,
        DateTimeOffset now, CancellationToken ct)
    {
        var counts = await new MatchWriter(connection, now).WriteAsync(kind, records, plan, result, ct);
        await new SplitWriter(connection, now).WriteAsync(kind, held, ct);
        await using var note = new NpgsqlCommand(
            """
            insert into resolutions (id, kind, scope, at, records, clusters, automatic, review, rejected, corrected, held)
            values ($1, $2, 'Full', $3, $4, $5, $6, $7, $8, 0, $9)
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = Guid.CreateVersion7(now) },
                new() { Value = kind.ToString() },
                new() { Value = now },
                new() { Value = (long)records.Count },
                new() { Value = (long)plan.Count },
                new() { Value = counts.Automatic },
                new() { Value = counts.Review },
                new() { Value = counts.Rejected },
                new() { Value = (long)held.Count },
            },
        };
        await note.ExecuteNonQueryAsync(ct);
    }

    private static async Task<(KnownRecords Records, MatchResult Result)> MatchAsync(
        RecordFeed feed, MatchSettings settings, IReadOnlyList<Decision> decisions, IReadOnlyList<(string, string)>? aliases, CancellationToken ct)
    {
        using (feed)
        {
            return (feed.Known, await Task.Run(() => Matcher.Run(feed, settings, decisions, aliases, null, ct), ct));
        }
    }

    private static async Task<long> CountAsync(string which, NpgsqlConnection connection, CancellationToken ct)
    {
#pragma warning disable CA2100 // constant text of this class
        await using var count = new NpgsqlCommand(
            $"select count(*) from records where kind in ('Account', 'Contact') and cleaned_at is not null and removed_at is null and {which}", connection);
#pragma warning restore CA2100
        return (long)(await count.ExecuteScalarAsync(ct))!;
    }
}
