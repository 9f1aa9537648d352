using System.Globalization;
using Rcu.Data;
using Rcu.Jobs;

namespace Rcu.Ingestion.Pulling;

/// <summary>Follows a reading of a whole source from its first page to its last, however often it is cut, and withdraws what it did not give.</summary>
internal sealed class WholeReading(RcuDb db, Run run, SourceConnection connection, IReadOnlyList<Feed> feeds)
{
    /// <summary>Why the source is read no more until a person has looked; null when all is well.</summary>
    public string? Stopped { get; private set; }

    /// <summary>In the transaction of a page, before its rows are promoted.</summary>
    /// <returns>How many absent records were staged.</returns>
    public async Task<long> FollowAsync(PullAnswer.Page page, StagedBatch batch, DateTimeOffset now, CancellationToken ct)
    {
        if (!connection.IsWhole)
        {
            return 0;
        }

        var whole = new WholeState(db, connection.SourceId, WholeState.Of(feeds), connection.Id);
        if (page.Begins)
        {
            await whole.ForgetAsync(ct);
            connection.SeesWhole = true;
        }

        if (!connection.SeesWhole)
        {
            return 0; // its beginning was not seen: its end proves nothing
        }

        if (batch.Unread > 0)
        {
            connection.SeesWhole = false;
            await AlertAsync(SourceAlert.AbsentUnread, [Text(batch.Unread)], now, ct);
            return 0;
        }

        await whole.NoteAsync(batch.Present, ct);
        await whole.NoteStagedAsync(run.Id, ct);
        return page.Ends ? await EndAsync(whole, now, ct) : 0;
    }

    private async Task<long> EndAsync(WholeState whole, DateTimeOffset now, CancellationToken ct)
    {
        var found = await whole.SettleAsync(run.Id, connection.AgreedAbsent ? long.MaxValue : 0, ct);
        (connection.SeesWhole, connection.AgreedAbsent) = (false, false);
        await whole.ForgetAsync(ct);
        if (found.Held > 0)
        {
            Stopped = $"{found.Held} fiches sur {found.Known} manquent dans l’état complet que la source vient de donner : rien n’a été retiré, une personne doit d’abord confirmer.";
            run.Count(new Dictionary<string, long>(run.Counters) { [IngestJob.Counts.AbsentHeld] = found.Held });
            await AlertAsync(SourceAlert.Absent, [Text(found.Held), Text(found.Known)], now, ct);
            return 0;
        }

        await PullWatch.SetAsync(db, connection.Id, [], [SourceAlert.Absent, SourceAlert.AbsentUnread], now, ct);
        return found.Withdrawn;
    }

    private Task AlertAsync(string code, List<string> details, DateTimeOffset now, CancellationToken ct) => PullWatch.OpenAsync(
        db, new SourceAlert { ConnectionId = connection.Id, Code = code, Details = details, RunId = run.Id, OpenedAt = now }, ct);

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
