using Npgsql;

namespace Rcu.Benchmarks.Pages;

/// <summary>
/// Keys and indexes of tables about to be filled: dropped, and told so that they can be made again as the migrations made them. A key
/// that another table refers to stays.
/// </summary>
internal static class SetAside
{
    /// <returns>The statements that bring them back.</returns>
    public static async Task<IReadOnlyList<string>> IndexesAsync(NpgsqlConnection connection, string[] tables, CancellationToken ct)
    {
        List<(string Drop, string Make)> found = [];
        await using (var ask = new NpgsqlCommand(
            """
            select format('alter table %s drop constraint %I', conrelid::regclass, conname),
              format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
            from pg_constraint where contype in ('p', 'u') and conrelid = any($1::regclass[])
              and not exists (select from pg_constraint f where f.contype = 'f' and f.confrelid = pg_constraint.conrelid)
            union all
            select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
            from pg_index i where indrelid = any($1::regclass[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
            """,
            connection)
        { Parameters = { new() { Value = tables } } })
        {
            await using var row = await ask.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
            {
                found.Add((row.GetString(0), row.GetString(1)));
            }
        }

        foreach (var (drop, _) in found)
        {
#pragma warning disable CA2100 // names the server told
            await using var command = new NpgsqlCommand(drop, connection);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(ct);
        }

        return [.. found.Select(one => one.Make)];
    }
}
