using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Rcu.Resolution;

namespace Rcu.Unification;

/// <summary>Tells what a transaction did to golden rows, to whoever follows them.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The name of one of our two tables.")]
internal static class GoldenChanges
{
    /// <summary>Which of these rows the transaction made or changed.</summary>
    public static async Task TellAsync(NpgsqlConnection connection, ClusterKind kind, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        await using var tell = new NpgsqlCommand(
            $"""
            insert into changes (kind, subject_id, change)
            select $1, id, case when version = 1 then 'Created' else 'Updated' end from {TableOf(kind)}
            where id = any($2) and xmin = pg_current_xact_id()::xid
            order by id
            """,
            connection)
        {
            Parameters = { new() { Value = $"{kind}" }, new() { Value = ids.ToArray() } },
        };
        await tell.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes rows away. Those that were merged were told as such.</summary>
    public static async Task RemoveAsync(NpgsqlConnection connection, ClusterKind kind, IEnumerable<Guid> ids, CancellationToken ct)
    {
        await using var remove = new NpgsqlCommand(
            $"""
            with gone as (delete from {TableOf(kind)} where id = any($2) returning id)
            insert into changes (kind, subject_id, change)
            select $1, id, 'Erased' from gone where not exists (select from redirects r where r.retired_id = gone.id) order by id
            """,
            connection)
        {
            Parameters = { new() { Value = $"{kind}" }, new() { Value = ids.ToArray() } },
        };
        await remove.ExecuteNonQueryAsync(ct);
    }

    private static string TableOf(ClusterKind kind) => kind is ClusterKind.Account ? "accounts" : "contacts";
}
