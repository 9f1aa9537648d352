using System.Collections.Concurrent;
using System.Reflection;
using Npgsql;
using Rcu.Customers;
using Rcu.Reference;

namespace Rcu.Insight;

/// <summary>
/// Judges the quality of every account and contact that changed, and of what each source says of it, set by set; then writes the
/// figures of the day. Time is a change too: a value nobody confirms gets old, and the row says on which day that counts.
/// </summary>
public sealed class QualityScores(NpgsqlDataSource database, TimeProvider clock)
{
    private const int BatchSize = 20_000;

    private static readonly ConcurrentDictionary<(string Script, RecordKind Kind), string[]> Scripts = new();

    private static readonly (RecordKind Kind, string Golden, string Scores, string Key)[] Kinds =
        [(RecordKind.Account, "accounts", "account_scores", "account_id"), (RecordKind.Contact, "contacts", "contact_scores", "contact_id")];

    /// <returns>How many accounts and contacts were judged.</returns>
    public async Task<long> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await using var connection = await database.OpenConnectionAsync(ct);
        var judged = 0L;
        foreach (var kind in Kinds)
        {
            var (since, rules) = await LastAsync(connection, kind.Kind, ct);
            await ExecuteAsync(connection, "Tables", kind, ct);
            await ExecuteAsync(connection, "Scope", kind, ct);
            await ExecuteAsync(connection, "Due", kind, ct, since, today);
            var before = judged;
            while (await TakeAsync(connection, ct))
            {
                judged += await JudgeAsync(connection, kind, now, ct);
            }

            var gone = await ForgetAsync(connection, kind, ct);
            if (judged > before || gone > 0 || await IsNewDayAsync(connection, kind.Kind, today, ct))
            {
                await ExecuteAsync(connection, "Figures", kind, ct, today, now);
                if (kind.Kind is RecordKind.Account)
                {
                    await ExecuteAsync(connection, "AccountFigures", kind, ct, today, now);
                }
            }

            await NoteAsync(connection, kind.Kind, now, rules, ct);
        }

        return judged;
    }

    private static async Task<long> JudgeAsync(
        NpgsqlConnection connection, (RecordKind Kind, string Golden, string Scores, string Key) kind, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, "Voices", kind, ct);
        if (kind.Kind is RecordKind.Account)
        {
            var certain = Naf.Certain.ToList();
            await ExecuteAsync(connection, "AccountChecks", kind, ct, certain.Select(c => c.From).ToArray(), certain.Select(c => c.To).ToArray());
            await ExecuteAsync(connection, "Invoicing", kind, ct, now);
        }
        else
        {
            await ExecuteAsync(connection, "ContactChecks", kind, ct);
        }

        await ExecuteAsync(connection, "Contributions", kind, ct);
        await using (var analyze = new NpgsqlCommand("analyze score_voices, score_told, score_flaws, score_checks", connection))
        {
            await analyze.ExecuteNonQueryAsync(ct);
        }

        var judged = await ExecuteAsync(connection, "Judge", kind, ct, now);
        await transaction.CommitAsync(ct);
        return judged;
    }

    private static async Task<bool> TakeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var take = new NpgsqlCommand(
            """
            truncate score_batch;
            with taken as (delete from score_due where id in (select id from score_due order by id limit $1) returning id)
            insert into score_batch select id from taken
            """.Replace("$1", $"{BatchSize}", StringComparison.Ordinal),
            connection);
        await take.ExecuteNonQueryAsync(ct);
        await using var any = new NpgsqlCommand("analyze score_batch; select exists (select from score_batch)", connection);
        return (bool)(await any.ExecuteScalarAsync(ct))!;
    }

    // Rows are noted as they go: what is left of them is found by their number.
    private static async Task<int> ForgetAsync(
        NpgsqlConnection connection, (RecordKind Kind, string Golden, string Scores, string Key) kind, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var gone = 0;
        foreach (var (table, key, where) in new[]
        {
            (kind.Scores, kind.Key, "true"), ("invoicing_readiness", "account_id", $"'{kind.Kind}' = 'Account'"),
            ("source_scores", "subject_id", $"t.kind = '{kind.Kind}'"), ("contributions", "subject_id", $"t.kind = '{kind.Kind}'"),
        })
        {
#pragma warning disable CA2100 // names of our own tables
            await using var forget = new NpgsqlCommand(
                $"""
                delete from {table} t using score_gone g
                where g.kind = '{kind.Kind}' and t.{key} = g.id and {where} and not exists (select from {kind.Golden} back where back.id = g.id)
                """,
                connection);
            gone += await forget.ExecuteNonQueryAsync(ct);
        }

        await using var forgotten = new NpgsqlCommand($"delete from score_gone where kind = '{kind.Kind}'", connection);
#pragma warning restore CA2100
        await forgotten.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return gone;
    }

    // Null when nothing was judged yet, or when what a field is worth has changed since: then all of them are.
    private static async Task<(DateTimeOffset? Since, string Rules)> LastAsync(NpgsqlConnection connection, RecordKind kind, CancellationToken ct)
    {
        await using var read = new NpgsqlCommand(
            """
            with rules as (
              select md5(concat(
                (select string_agg(f::text, ';' order by kind, field) from score_fields f),
                (select string_agg(w::text, ';' order by dimension) from score_weights w))) as hash)
            select rules.hash, case when s.value ->> 'rules' = rules.hash then (s.value ->> 'at')::timestamptz end
            from rules left join hub_settings s on s.name = $1
            """,
            connection)
        { Parameters = { new() { Value = SettingOf(kind) } } };
        await using var row = await read.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.IsDBNull(1) ? null : row.GetFieldValue<DateTimeOffset>(1), row.GetString(0));
    }

    private static async Task NoteAsync(NpgsqlConnection connection, RecordKind kind, DateTimeOffset now, string rules, CancellationToken ct)
    {
        await using var note = new NpgsqlCommand(
            """
            insert into hub_settings (name, value, updated_at) values ($1, jsonb_build_object('at', $2, 'rules', $3::text), $2)
            on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at
            """,
            connection)
        { Parameters = { new() { Value = SettingOf(kind) }, new() { Value = now }, new() { Value = rules } } };
        await note.ExecuteNonQueryAsync(ct);
    }

    private static async Task<bool> IsNewDayAsync(NpgsqlConnection connection, RecordKind kind, DateOnly today, CancellationToken ct)
    {
        await using var look = new NpgsqlCommand("select not exists (select from score_days where kind = $1 and source = '' and day = $2)", connection)
        {
            Parameters = { new() { Value = kind.ToString() }, new() { Value = today } },
        };
        return (bool)(await look.ExecuteScalarAsync(ct))!;
    }

    private static string SettingOf(RecordKind kind) => $"scored_{kind}";

    // A statement with parameters goes alone: each takes the values up to the last one it names. Gives what the last one touched.
    private static async Task<int> ExecuteAsync(
        NpgsqlConnection connection, string script, (RecordKind Kind, string Golden, string Scores, string Key) kind, CancellationToken ct,
        params object?[] values)
    {
        var touched = 0;
        foreach (var statement in Scripts.GetOrAdd((script, kind.Kind), _ => Read(script, kind)))
        {
#pragma warning disable CA2100 // our own embedded scripts
            await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
            var named = Enumerable.Range(1, values.Length).LastOrDefault(i => statement.Contains($"${i}", StringComparison.Ordinal));
            foreach (var value in values.Take(named))
            {
                command.Parameters.Add(value is null
                    ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz }
                    : new NpgsqlParameter { Value = value });
            }

            touched = await command.ExecuteNonQueryAsync(ct);
        }

        return touched;
    }

    private static string[] Read(string script, (RecordKind Kind, string Golden, string Scores, string Key) kind)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Rcu.Insight.Scores.{script}.sql")!);
        return reader.ReadToEnd()
            .Replace("{kind}", $"{kind.Kind}", StringComparison.Ordinal).Replace("{golden}", kind.Golden, StringComparison.Ordinal)
            .Replace("{scores}", kind.Scores, StringComparison.Ordinal).Replace("{key}", kind.Key, StringComparison.Ordinal)
            .Split(";\n\n");
    }
}
