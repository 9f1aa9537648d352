using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Rcu.Benchmarks.Counting;

/// <summary>The same questions as SQL written by hand, on the same base.</summary>
[SuppressMessage("Security", "CA2100", Justification = "Constant text of this folder.")]
internal static class HandSql
{
    public const string Counted = "median of the same counts by two statements written by hand, asked just before";
    public const string Refreshed = "who came and who left the same 200, by one statement each written by hand that writes nothing";

    private const string From = "from accounts a left join account_metrics m on m.account_id = a.id";

    /// <summary>What each condition leaves, who may be written to at home; and the people behind, by channel.</summary>
    public static async Task<(int Total, int Contacts)> CountAsync(NpgsqlDataSource database, SegmentQuestion question, CancellationToken ct)
    {
        var depth = string.Join(' ', question.Sql.Select((sql, n) => $"when ({sql}) is not true then {n}"));
        var total = 0;
        await using (var steps = database.CreateCommand(
            $"""
            select depth, returned, partial, known, count(*)::int from (
              select case {depth} else {question.Sql.Count} end as depth, exists (select from postal_flags p where p.account_id = a.id) as returned,
                a.diffusion = 'P' as partial, a.address_postal_code is not null and a.address_city is not null
                  and (a.address_street is not null or a.address_complement is not null) as known
              {From}) s group by 1, 2, 3, 4
            """))
        {
            await using var row = await steps.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
            {
                total += row.GetInt32(0) == question.Sql.Count ? row.GetInt32(4) : 0;
            }
        }

        var contacts = 0;
        await using var reach = database.CreateCommand(
            $"""
            select c.email_reach, c.phone_reach, a.diffusion = 'P', count(*)::int {From} join contacts c on c.account_id = a.id
            where {string.Join(" and ", question.Sql)} group by 1, 2, 3
            """);
        await using var group = await reach.ExecuteReaderAsync(ct);
        while (await group.ReadAsync(ct))
        {
            contacts += group.GetInt32(3);
        }

        return (total, contacts);
    }

    /// <returns>In seconds.</returns>
    public static async Task<double> RefreshAsync(NpgsqlDataSource database, int segments, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < segments; n++)
        {
            await using var moves = database.CreateCommand(
                $"""
                with wanted as materialized (select a.id {From} where {string.Join(" and ", SegmentQuestion.Of(n).Sql)}),
                inside as materialized (select member_id as id from segment_members
                  where segment_id = (select id from segments where name = 'Mesure {n:000}') and exited_at is null)
                select (select count(*) from (select id from wanted except select id from inside) came),
                  (select count(*) from (select id from inside except select id from wanted) gone)
                """);
            moves.CommandTimeout = 600;
            await moves.ExecuteScalarAsync(ct);
        }

        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Scores and states of the accounts, drawn: judging each is not what is measured here.</summary>
    public static async Task ScoreAsync(BenchHub hub, CancellationToken ct)
    {
        await using var connection = await hub.OpenAsOwnerAsync(ct);
        await using var score = new NpgsqlCommand(
            """
            insert into account_worths (account_id, frequency, monetary, ranges, value_to_date, lead_score, state, state_since, computed_at)
            select account_id, order_count, revenue12m, order_count % 5, revenue12m, engagement,
              case when order_count > 0 then 'Customer' when engagement >= 40 then 'Hot' when engagement >= 15 then 'Warm' else 'Suspect' end, computed_at, computed_at
            from account_metrics on conflict do nothing
            """,
            connection)
        { CommandTimeout = 600 };
        if (await score.ExecuteNonQueryAsync(ct) > 0)
        {
            await using var analyze = new NpgsqlCommand("vacuum analyze account_worths", connection) { CommandTimeout = 600 };
            await analyze.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>So many accounts get another revenue and another headcount, as an import and the computation of figures leave them.</summary>
    public static async Task ChangeAsync(BenchHub hub, int accounts, CancellationToken ct)
    {
        await using var connection = await hub.OpenAsOwnerAsync(ct);

        // What loading the base noted is no change of an import.
        await using (var clear = new NpgsqlCommand("truncate insight_changes, segment_due", connection))
        {
            await clear.ExecuteNonQueryAsync(ct);
        }

        await using var change = new NpgsqlCommand(
            $"""
            with drawn as materialized (select id from accounts order by md5(id::text || now()::text) limit {accounts}),
            figures as (update account_metrics m set revenue12m = revenue12m + 1000, engagement = (engagement + 7) % 100 from drawn where drawn.id = m.account_id)
            update accounts a set headcount = coalesce(a.headcount, 0) + 1 from drawn where drawn.id = a.id
            """,
            connection)
        { CommandTimeout = 600 };
        await change.ExecuteNonQueryAsync(ct);
        await using var due = new NpgsqlCommand(
            "with taken as (delete from insight_changes returning account_id) insert into segment_due (account_id) select distinct account_id from taken", connection)
        { CommandTimeout = 600 };
        await due.ExecuteNonQueryAsync(ct);
    }
}
