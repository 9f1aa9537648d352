using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Cleaning.Steward;

/// <summary>
/// Looks at the records that are clean already when a rule is new, changed or off: only their problems are written again, not
/// the records, so that nothing has to be matched again. A rule that blocks takes no record out: it is an error beside it.
/// </summary>
internal sealed class RulePass(NpgsqlDataSource database, RcuDb db, TimeProvider clock)
{
    private const int BatchSize = 10_000;

    public async Task RunAsync(CancellationToken ct)
    {
        var looked = await db.Set<RuleLook>().ToDictionaryAsync(look => look.Number, ct);
        var waiting = (await RuleSet.InForce(db.Set<StewardRule>()).AsNoTracking().ToListAsync(ct))
            .Where(rule => looked.GetValueOrDefault(rule.Number)?.Version != rule.Version).ToList();
        if (waiting.Count == 0)
        {
            return;
        }

        var exempt = await RuleSet.ExemptAsync(db, ct);
        var set = RuleSet.Of(waiting.Where(rule => rule.State is RuleState.On), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), exempt);
        await ForgetAsync([.. waiting.Select(rule => rule.Code)], ct);
        foreach (var kind in waiting.Where(rule => rule.State is RuleState.On).Select(rule => rule.Kind).Distinct())
        {
            await LookAsync(kind, set, [.. exempt], ct);
        }

        foreach (var rule in waiting)
        {
            var look = looked.GetValueOrDefault(rule.Number);
            if (look is null)
            {
                db.Add(look = new RuleLook { Number = rule.Number, Version = rule.Version, LookedAt = clock.GetUtcNow() });
            }

            (look.Version, look.LookedAt) = (rule.Version, clock.GetUtcNow());
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task ForgetAsync(string[] codes, CancellationToken ct) => await db.Issues.Where(issue => codes.Contains(issue.Code)).ExecuteDeleteAsync(ct);

    private async Task LookAsync(RecordKind kind, RuleSet set, Guid[] exempt, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        for (var last = Guid.Empty; await ReadAsync(connection, kind, exempt, last, ct) is { Count: > 0 } batch; last = batch[^1].Id)
        {
            var found = batch.AsParallel().AsOrdered().WithCancellation(ct)
                .SelectMany(record => set.Find(kind, record.Fields).Select(issue => (record.Id, Issue: issue))).ToList();
            await WriteAsync(connection, found, ct);
        }
    }

    internal static async Task<List<Seen>> ReadAsync(NpgsqlConnection connection, RecordKind kind, Guid[] exempt, Guid last, CancellationToken ct)
    {
        await using var read = new NpgsqlCommand(
            """
            select id, fields::text from records
            where kind = $1 and id > $2 and cleaned_at is not null and removed_at is null and source_id <> all ($3)
            order by id limit $4
            """,
            connection)
        {
            Parameters = { new() { Value = kind.ToString() }, new() { Value = last }, new() { Value = exempt }, new() { Value = BatchSize } },
        };
        await using var rows = await read.ExecuteReaderAsync(ct);
        var batch = new List<Seen>(BatchSize);
        while (await rows.ReadAsync(ct))
        {
            batch.Add(new Seen(rows.GetGuid(0), JsonSerializer.Deserialize<Dictionary<string, string>>(rows.GetString(1))!));
        }

        return batch;
    }

    private static async Task WriteAsync(NpgsqlConnection connection, List<(Guid Id, Issue Issue)> found, CancellationToken ct)
    {
        if (found.Count == 0)
        {
            return;
        }

        await using var write = new NpgsqlCommand(
            """
            insert into issues (record_id, field, code, value, severity, message)
            select * from unnest($1, $2, $3, $4, $5, $6)
            on conflict (record_id, field, code) do update set value = excluded.value, severity = excluded.severity, message = excluded.message
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = found.Select(f => f.Id).ToArray() },
                Texts(found.Select(f => f.Issue.Field)),
                Texts(found.Select(f => f.Issue.Code)),
                Texts(found.Select(f => f.Issue.Value)),
                Texts(found.Select(f => f.Issue.Severity.ToString())),
                Texts(found.Select(f => f.Issue.Message)),
            },
        };
        await write.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlParameter Texts(IEnumerable<string?> texts) => new() { Value = texts.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    /// <summary>A record as the rules see it.</summary>
    internal sealed record Seen(Guid Id, IReadOnlyDictionary<string, string> Fields);
}
