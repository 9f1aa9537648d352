using Npgsql;
using NpgsqlTypes;

namespace Rcu.Insight;

/// <summary>What the register proposed and a person may still act on.</summary>
public sealed class RegisterProposals(NpgsqlDataSource database)
{
    private const string Columns =
        """
        select p.id, p.account_id, p.kind, nullif(p.siret, ''), nullif(p.successor, ''), p.happened_on, p.sentence, p.found_at, p.judged_at
        from register_proposals p
        """;

    public Task<IReadOnlyList<RegisterProposal>> ListAsync(Guid? after, int most, CancellationToken ct) => ReadAsync(
        $"{Columns} where p.closed_at is null and p.judged_at is null and ($1::uuid is null or p.id > $1) order by p.id limit $2",
        ct,
        new NpgsqlParameter { Value = (object?)after ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
        new NpgsqlParameter { Value = most });

    /// <summary>One that was raised, answered or not.</summary>
    public async Task<RegisterProposal?> FindAsync(Guid id, CancellationToken ct) =>
        await ReadAsync($"{Columns} where p.id = $1", ct, new NpgsqlParameter { Value = id }) is [var one] ? one : null;

    public async Task<int> CountAsync(CancellationToken ct)
    {
        await using var count = database.CreateCommand("select count(*)::int from register_proposals where closed_at is null and judged_at is null");
        return (int)(await count.ExecuteScalarAsync(ct))!;
    }

    private async Task<IReadOnlyList<RegisterProposal>> ReadAsync(string sql, CancellationToken ct, params NpgsqlParameter[] values)
    {
#pragma warning disable CA2100 // constant text of this class
        await using var list = database.CreateCommand(sql);
#pragma warning restore CA2100
        list.Parameters.AddRange(values);
        await using var row = await list.ExecuteReaderAsync(ct);
        var proposals = new List<RegisterProposal>();
        while (await row.ReadAsync(ct))
        {
            proposals.Add(new RegisterProposal(
                row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4),
                row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5), row.GetString(6), row.GetFieldValue<DateTimeOffset>(7),
                row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8)));
        }

        return proposals;
    }
}

/// <summary>Something the register says happened to an account.</summary>
/// <param name="Kind"><c>ceased</c>, <c>closed</c>, <c>moved</c>, <c>succeeded</c> or <c>activity</c>.</param>
/// <param name="Siret">The establishment it happened to.</param>
/// <param name="Successor">What took its place: a SIRET, or the code of an activity.</param>
/// <param name="Sentence">What happened, in French.</param>
/// <param name="JudgedAt">When a person answered; null while it waits.</param>
public sealed record RegisterProposal(
    Guid Id, Guid AccountId, string Kind, string? Siret, string? Successor, DateOnly? HappenedOn, string Sentence, DateTimeOffset FoundAt,
    DateTimeOffset? JudgedAt = null);
