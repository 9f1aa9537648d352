using System.Globalization;
using Npgsql;

namespace Rcu.Activation;

/// <summary>
/// All that became of the golden accounts and contacts, in order, for a program that keeps a copy of its own: it reads on from
/// its cursor, takes each change in, and asks for the sheet of whatever is not gone. Changes of one transaction stay together;
/// one that is still at work holds back those that began after it.
/// </summary>
public sealed class ChangeFeed(NpgsqlDataSource database)
{
    /// <summary>How long changes are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <param name="after">The cursor of the page before; null for the oldest change that is kept.</param>
    /// <param name="kinds">Of which golden rows.</param>
    /// <param name="moves">Whether entries into segments and exits from them are told.</param>
    public async Task<Result<ChangePage>> ReadAsync(
        ChangeCursor? after, IReadOnlyCollection<ChangedKind> kinds, bool moves, int take, CancellationToken ct)
    {
        var from = after ?? default;
        await using var connection = await database.OpenConnectionAsync(ct);
        var horizon = await HorizonAsync(connection, ct);
        await using var read = new NpgsqlCommand(
            """
            select tx::text as transaction, id, kind, subject_id, change, other_id, at from changes
            where (tx, id) > ($1::xid8, $2) and tx < $6::xid8
              and kind = any($3) and ($4 or change not in ('Entered', 'Left'))
            order by changes.tx, changes.id limit $5
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = from.Transaction.ToString(CultureInfo.InvariantCulture) },
                new() { Value = from.Place },
                new() { Value = kinds.Select(kind => $"{kind}").ToArray() },
                new() { Value = moves },
                new() { Value = take + 1 },
                new() { Value = horizon.ToString(CultureInfo.InvariantCulture) },
            },
        };
        var (rows, cursors) = (new List<HubChange>(), new List<ChangeCursor>());
        await using (var reader = await read.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                cursors.Add(new ChangeCursor(ulong.Parse(reader.GetString(0), CultureInfo.InvariantCulture), reader.GetInt64(1)));
                rows.Add(new HubChange(
                    Enum.Parse<ChangedKind>(reader.GetString(2)), reader.GetGuid(3), Enum.Parse<ChangeWord>(reader.GetString(4)),
                    reader.IsDBNull(5) ? null : reader.GetGuid(5), reader.GetFieldValue<DateTimeOffset>(6)));
            }
        }

        // Asked after the page was read: what was forgotten meanwhile was perhaps not in it.
        if (after is { } known && known.Transaction < await ForgottenAsync(ct))
        {
            return ActivationErrors.ChangesForgotten;
        }

        return rows.Count > take
            ? new ChangePage(rows[..take], cursors[take - 1], HasMore: true)
            : new ChangePage(rows, cursors.Count > 0 ? cursors[^1] : after ?? new ChangeCursor(await ForgottenAsync(ct), 0), HasMore: false);
    }

    /// <summary>Where a reader begins that wants only what comes from now on.</summary>
    public async Task<ChangeCursor> EndAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return new ChangeCursor(await HorizonAsync(connection, ct) - 1, long.MaxValue);
    }

    /// <summary>Forgets what is older than is kept, and remembers up to where: a reader that is further behind is told so.</summary>
    public async Task ForgetAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var forget = new NpgsqlCommand(
            """
            with gone as (delete from changes where at < now() - $1 returning tx)
            insert into hub_settings (name, value, updated_at)
            select 'changes_forgotten', to_jsonb(max(tx::text::numeric)::text), now() from gone having count(*) > 0
            on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at
            """,
            connection)
        {
            Parameters = { new() { Value = Kept } },
        };
        await forget.ExecuteNonQueryAsync(ct);
    }

    // The oldest transaction at work in this database, or the next one to come. Asked before the changes are read, by a
    // statement of its own: what was no longer at work then is there to be seen afterwards. Other databases of the server
    // have no part in it.
    private static async Task<ulong> HorizonAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var ask = new NpgsqlCommand(
            """
            select coalesce(min(next.tx - age(a.backend_xid)), next.tx)::text
            from (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as tx) next
            left join pg_stat_activity a on a.datname = current_database() and a.backend_xid is not null
            group by next.tx
            """,
            connection);
        return ulong.Parse((string)(await ask.ExecuteScalarAsync(ct))!, CultureInfo.InvariantCulture);
    }

    private async Task<ulong> ForgottenAsync(CancellationToken ct)
    {
        await using var read = database.CreateCommand("select value #>> '{}' from hub_settings where name = 'changes_forgotten'");
        return await read.ExecuteScalarAsync(ct) is string tx ? ulong.Parse(tx, CultureInfo.InvariantCulture) : 0;
    }
}

/// <summary>A page of the feed.</summary>
/// <param name="Next">Where to go on, whether there is more already or not.</param>
public sealed record ChangePage(IReadOnlyList<HubChange> Changes, ChangeCursor Next, bool HasMore);

/// <summary>What became of a golden row.</summary>
/// <param name="Other">Who answers for an id that was merged or redirected, who it was parted from, or the segment it entered or left.</param>
public sealed record HubChange(ChangedKind Kind, Guid Id, ChangeWord Change, Guid? Other, DateTimeOffset At);

public enum ChangedKind
{
    Account,
    Contact,
}

public enum ChangeWord
{
    /// <summary>Its sheet can be read from now on.</summary>
    Created,

    /// <summary>Its sheet says something else.</summary>
    Updated,

    /// <summary>Its records are another's: the other one answers for it.</summary>
    Merged,

    /// <summary>It is itself again.</summary>
    Unmerged,

    /// <summary>It was merged before, and yet another one answers for it now.</summary>
    Redirected,

    /// <summary>No record speaks of it any more.</summary>
    Erased,

    /// <summary>It entered a segment.</summary>
    Entered,

    /// <summary>It left a segment.</summary>
    Left,
}

/// <summary>A place in the feed, after a change: <c>742-18</c>.</summary>
public readonly record struct ChangeCursor(ulong Transaction, long Place)
{
    public static bool TryParse(string text, out ChangeCursor cursor)
    {
        cursor = default;
        if (text.Split('-') is not [var tx, var place]
            || !ulong.TryParse(tx, NumberStyles.None, CultureInfo.InvariantCulture, out var transaction)
            || !long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        cursor = new ChangeCursor(transaction, id);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Transaction}-{Place}");
}
