using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;

namespace Rcu.Ingestion.Pulling;

/// <summary>What is unlike the usual in what a source gives: its columns, its volume, its silence. One alert each, closed when all is well again.</summary>
internal static class PullWatch
{
    // The volume of a pull is compared with the median of those before it.
    private const int Looked = 10;
    private const int Enough = 4;
    private const double Times = 4;
    private const double LeastRows = 20;

    /// <summary>At the end of a pull, in its transaction.</summary>
    public static async Task LookAsync(RcuDb db, Run run, SourceConnection connection, SeenColumns seen, DateTimeOffset now, CancellationToken ct)
    {
        var found = new List<SourceAlert>();
        if (seen.Names.Count > 0)
        {
            found.AddRange(seen.Missing.Select(column => Alert(connection, run, SourceAlert.ColumnMissing, column, [column], now)));
            if (connection.Columns.Count > 0)
            {
                found.AddRange(seen.Names.Except(connection.Columns, StringComparer.OrdinalIgnoreCase)
                    .Select(column => Alert(connection, run, SourceAlert.ColumnNew, column, [column], now)));
            }

            connection.Columns = [.. connection.Columns.Union(seen.Names, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
        }

        if (await UsualAsync(db, run, ct) is { } usual && (run.Done * Times < usual || run.Done > usual * Times))
        {
            found.Add(Alert(
                connection, run, SourceAlert.Volume, "",
                [run.Done.ToString(CultureInfo.InvariantCulture), usual.ToString(CultureInfo.InvariantCulture)], now));
        }

        // A new column is news, which a person reads and closes; the others last as long as what they tell.
        await SetAsync(db, connection.Id, found, seen.Names.Count > 0 ? [SourceAlert.ColumnMissing, SourceAlert.Volume] : [SourceAlert.Volume], now, ct);
        if (run.Done > 0)
        {
            await SetAsync(db, connection.Id, [], [SourceAlert.Stale], now, ct);
        }
    }

    /// <summary>Opens an alert on each connection that has said nothing for longer than it may.</summary>
    public static async Task LookForSilenceAsync(RcuDb db, DateTimeOffset now, CancellationToken ct)
    {
        var all = await db.SourceConnections.AsNoTracking()
            .Where(c => c.StaleAfterHours != null && c.State != ConnectionState.Paused
                && !db.SourceAlerts.Any(a => a.ConnectionId == c.Id && a.Code == SourceAlert.Stale && a.ClosedAt == null))
            .ToListAsync(ct);
        foreach (var silent in all.Where(c => (c.LastRowsAt ?? c.CreatedAt).AddHours(c.StaleAfterHours!.Value) < now))
        {
            var alert = new SourceAlert
            {
                ConnectionId = silent.Id,
                Code = SourceAlert.Stale,
                Details = [silent.StaleAfterHours!.Value.ToString(CultureInfo.InvariantCulture)],
                OpenedAt = now,
            };
            await OpenAsync(db, alert, ct);
        }
    }

    private static async Task<double?> UsualAsync(RcuDb db, Run run, CancellationToken ct)
    {
        var before = await db.Runs
            .Where(r => r.Stage == PullJob.Stage && r.Subject == run.Subject && r.Status == RunStatus.Succeeded && r.Id != run.Id)
            .OrderByDescending(r => r.QueuedAt).Take(Looked).Select(r => r.Done).ToListAsync(ct);
        before.Sort();
        var median = before.Count < Enough ? 0 : (before[(before.Count - 1) / 2] + before[before.Count / 2]) / 2.0;
        return median < LeastRows ? null : median;
    }

    private static SourceAlert Alert(SourceConnection connection, Run run, string code, string subject, List<string> details, DateTimeOffset now) => new()
    {
        ConnectionId = connection.Id,
        Code = code,
        Subject = subject,
        Details = details,
        RunId = run.Id,
        OpenedAt = now,
    };

    internal static async Task SetAsync(
        RcuDb db, Guid connection, IReadOnlyList<SourceAlert> found, string[] codes, DateTimeOffset now, CancellationToken ct)
    {
        var still = found.Select(alert => $"{alert.Code}|{alert.Subject}").ToArray();
        await db.SourceAlerts
            .Where(a => a.ConnectionId == connection && a.ClosedAt == null && codes.Contains(a.Code) && !still.Contains(a.Code + "|" + a.Subject))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.ClosedAt, now), ct);
        foreach (var alert in found)
        {
            await OpenAsync(db, alert, ct);
        }
    }

    // One that is open stays as it was opened.
    internal static async Task OpenAsync(RcuDb db, SourceAlert alert, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        insert into source_alerts (id, connection_id, code, subject, details, run_id, opened_at)
        values ({alert.Id}, {alert.ConnectionId}, {alert.Code}, {alert.Subject}, {alert.Details}, {alert.RunId}, {alert.OpenedAt})
        on conflict (connection_id, code, subject) where closed_at is null do nothing
        """,
        ct);
}
