using Npgsql;
using Rcu.Ingestion.Drafts;

namespace Rcu.Cleaning.Checking;

/// <summary>
/// Of rows with one key the last holds, whole: what one before it says and it does not would be lost without a word. Each such field is
/// a problem of the file, on the lines that would lose it; leaving those out lets the rows before them hold.
/// </summary>
public static class TwinLosses
{
    public const string Code = "cell.twin_lost";

    private const int Shown = 3;

    private const string Lost =
        """
        with twins as materialized (
          select d.external_key, d.place, d.line, d.fields from draft_rows d
          where d.draft_id = $1 and not exists (select from draft_skips s where s.draft_id = d.draft_id and s.line = d.line and s.code <> $3)
            and d.external_key in (select t.external_key from draft_rows t where t.draft_id = $1 group by 1 having count(*) > 1)),
        last as (select distinct on (external_key) * from twins order by external_key, place desc)
        select distinct on (last.line, said.key) last.line, said.key, said.value, before.line
        from last
        join twins before on before.external_key = last.external_key and before.place < last.place
        cross join lateral jsonb_each_text(before.fields) said
        where said.key = any ($2) and not last.fields ? said.key
        order by last.line, said.key, before.place desc
        """;

    /// <summary>Finds them among the rows just read, and keeps their lines.</summary>
    internal static async Task<IReadOnlyList<DraftProblem>> KeepAsync(NpgsqlConnection connection, ImportDraft draft, CancellationToken ct)
    {
        var answered = (draft.Options.Fixes ?? []).Where(fix => fix.Code == Code).Select(fix => fix.Field).ToHashSet();
        var fields = draft.Columns.Select(column => column.Field).Where(field => !answered.Contains(field)).Distinct().ToArray();
        List<(string Field, ProblemExample Met)> found = [];
        await using (var command = new NpgsqlCommand(Lost, connection) { CommandTimeout = 0, Parameters = { new() { Value = draft.Id }, new() { Value = fields }, new() { Value = Code } } })
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct))
            {
                var (line, value, before) = (row.GetInt64(0), row.GetString(2), row.GetInt64(3));
                found.Add((row.GetString(1), new ProblemExample(
                    line, value, $"Cette ligne prend la place de la ligne {before}, de même clé, sans en redire « {value} » : cette valeur serait perdue.")));
            }
        }

        await using var keep = new NpgsqlCommand(
            "insert into draft_problem_lines (draft_id, field, code, line) select $1, field, $4, line from unnest($2, $3) lost (field, line)", connection)
        {
            Parameters =
            {
                new() { Value = draft.Id },
                new() { Value = found.Select(lost => lost.Field).ToArray() },
                new() { Value = found.Select(lost => lost.Met.Line).ToArray() },
                new() { Value = Code },
            },
        };
        await keep.ExecuteNonQueryAsync(ct);
        return
        [
            .. found.GroupBy(lost => lost.Field).Select(lost => new DraftProblem
            {
                DraftId = draft.Id,
                Field = lost.Key,
                Code = Code,
                Severity = nameof(Severity.Warning),
                Rows = lost.Count(),
                Examples = [.. lost.Take(Shown).Select(one => one.Met)],
            }),
        ];
    }
}
