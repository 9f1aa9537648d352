using Npgsql;

namespace Rcu.Insight;

/// <summary>What the register proposed and a person may still act on.</summary>
public sealed class RegisterProposals(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<RegisterProposal>> ListAsync(Guid? after, int most, CancellationToken ct)
    {
        await using var list = database.CreateCommand(
            """
            select id, account_id, kind, nullif(siret, ''), nullif(successor, ''), happened_on, sentence, found_at
            from register_proposals
            where closed_at is null and ($1::uuid is null or id > $1)
            order by id limit $2
            """);
        list.Parameters.Add(new() { Value = (object?)after ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        list.Parameters.Add(new() { Value = most });
        await using var row = await list.ExecuteReaderAsync(ct);
        var proposals = new List<RegisterProposal>();
        while (await row.ReadAsync(ct))
        {
            proposals.Add(new RegisterProposal(
                row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4),
                row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5), row.GetString(6), row.GetFieldValue<DateTimeOffset>(7)));
        }

        return proposals;
    }
}

/// <summary>Something the register says happened to an account.</summary>
/// <param name="Kind"><c>ceased</c>, <c>closed</c>, <c>moved</c> or <c>succeeded</c>.</param>
/// <param name="Siret">The establishment it happened to.</param>
/// <param name="Successor">The SIRET that took its place.</param>
/// <param name="Sentence">What happened, in French.</param>
public sealed record RegisterProposal(
    Guid Id, Guid AccountId, string Kind, string? Siret, string? Successor, DateOnly? HappenedOn, string Sentence, DateTimeOffset FoundAt);
