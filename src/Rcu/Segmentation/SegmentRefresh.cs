using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>Computes who is in a segment: one statement lets in those who came and closes the stay of those who left.</summary>
public sealed class SegmentRefresh(RcuDb db, SegmentRules rules, TimeProvider clock)
{
    /// <param name="due">The accounts that changed, when only these are to be looked at where that is enough; null to look at all.</param>
    /// <returns>How many entered and left; refused when the rule no longer holds together.</returns>
    public async Task<Result<SegmentMoves>> RunAsync(Guid id, CancellationToken ct, SegmentDue? due = null)
    {
        if (await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } segment)
        {
            return SegmentationErrors.NotFound;
        }

        var now = clock.GetUtcNow();
        var narrow = due?.IsEnoughFor(segment, segment.Rule, now) is true ? due : null;
        var wanted = await WantedAsync(segment, narrow, now, ct);
        if (!wanted.Succeeded)
        {
            await BreakAsync(id, wanted.Error, now, ct);
            return wanted.Error;
        }

        var watch = Stopwatch.StartNew();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var moves = await MoveAsync(wanted.Value.Ids, segment.Id, narrow?.Last, now, transaction, ct);
        moves = narrow is null ? moves : moves with { Inside = segment.MemberCount + moves.Entered - moves.Left };
        var took = (int)watch.ElapsedMilliseconds;
        await db.Segments.Where(s => s.Id == id).ExecuteUpdateAsync(
            s => s.SetProperty(x => x.MemberCount, moves.Inside).SetProperty(x => x.ComputedAt, now).SetProperty(x => x.ComputedInMs, took)
                .SetProperty(x => x.BrokenReason, (BrokenReason?)null), ct);
        await transaction.CommitAsync(ct);
        return moves;
    }

    private async Task<Result<Wanted>> WantedAsync(Segment segment, SegmentDue? narrow, DateTimeOffset now, CancellationToken ct)
    {
        if (await rules.RefusalAsync(segment.Id, segment.Rule, ct) is { } refused)
        {
            return refused;
        }

        var followed = await rules.FollowAsync(segment.Rule, ct);
        var compiler = new ConditionCompiler(SegmentSources.Of(AccountScope.Hub, db), now);
        if (segment.Target is SegmentTarget.Accounts)
        {
            var accounts = compiler.Compile<Account>(followed);
            return accounts.Succeeded ? new Wanted(Meeting(accounts.Value, narrow)) : accounts.Error;
        }

        var contacts = compiler.Compile<Contact>(followed);
        return contacts.Succeeded ? new Wanted(AccountScope.Hub.Contacts(db).Where(contacts.Value).Select(c => c.Id)) : contacts.Error;
    }

    private IQueryable<Guid> Meeting(Expression<Func<Account, bool>> rule, SegmentDue? narrow)
    {
        var ids = FacetRule.Of(rule) is { } facets
            ? AccountScope.Hub.Facets(db).Where(facets).Select(f => f.Id)
            : AccountScope.Hub.Accounts(db).Where(rule).Select(a => a.Id);
        if (narrow is null)
        {
            return ids;
        }

        var due = narrow.Accounts(db);
        return ids.Where(id => due.Contains(id));
    }

    // Kept on the segment: its members stay those of the time before, and whoever looks sees why.
    private async Task BreakAsync(Guid id, Error why, DateTimeOffset now, CancellationToken ct)
    {
        var reason = new BrokenReason(why.Code, [.. why.Values.Select(value => $"{value}")], now);
        await db.Segments.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.BrokenReason, reason), ct);
    }

    // The rule as SQL is wrapped as it is, with its own parameters. Both lists are compared by « except », which hashes or sorts
    // them whatever the statistics say: of a table that was empty a moment ago they say that it is best read whole for each row.
    [SuppressMessage("Security", "CA2100", Justification = "The rule was compiled from the lists of fields; its values are parameters.")]
    private static async Task<SegmentMoves> MoveAsync(
        IQueryable<Guid> wanted, Guid segment, long? due, DateTimeOffset now, IDbContextTransaction transaction, CancellationToken ct)
    {
        await using var command = (NpgsqlCommand)wanted.CreateDbCommand();
        command.Transaction = (NpgsqlTransaction)transaction.GetDbTransaction();
        command.CommandTimeout = 300;
        command.CommandText =
            $"""
            with wanted (id) as materialized (
            {command.CommandText.TrimEnd(';')}
            ), inside (id) as materialized (
              select member_id from segment_members where segment_id = @rcu_segment and exited_at is null
              {(due is null ? "" : "and member_id in (select account_id from segment_due where id <= @rcu_due)")}
            ), lost as materialized (
              select id from inside except select id from wanted
            ), found as materialized (
              select id from wanted except select id from inside
            ), gone as (
              update segment_members m set exited_at = @rcu_now from lost
              where m.segment_id = @rcu_segment and m.member_id = lost.id and m.exited_at is null
            ), come as (
              insert into segment_members (segment_id, member_id, entered_at) select @rcu_segment, id, @rcu_now from found
            ), told as (
              insert into segment_events (segment_id, member_id, move, at)
              select @rcu_segment, id, 'Left', @rcu_now from lost union all select @rcu_segment, id, 'Entered', @rcu_now from found
            ), fed as (
              insert into changes (kind, subject_id, change, other_id)
              select (select case target when 'Contacts' then 'Contact' else 'Account' end from segments where id = @rcu_segment), id, move, @rcu_segment
              from (select id, 'Left' as move from lost union all select id, 'Entered' from found) moves
            )
            select (select count(*) from wanted)::int, (select count(*) from found)::int, (select count(*) from lost)::int
            """;
        command.Parameters.AddWithValue("rcu_segment", segment);
        command.Parameters.AddWithValue("rcu_now", now);
        if (due is { } last)
        {
            command.Parameters.AddWithValue("rcu_due", last);
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new SegmentMoves(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2));
    }

    private sealed record Wanted(IQueryable<Guid> Ids);
}

/// <summary>What one computation of a segment changed.</summary>
public sealed record SegmentMoves(int Inside, int Entered, int Left);
