using Npgsql;
using Rcu.Customers;

namespace Rcu.Segmentation.Plan;

/// <summary>Of which accounts the condition of a rule is true at a moment, and since when. The same reading serves today and the past.</summary>
internal sealed class PlanCandidates(NpgsqlDataSource database, TimeSpan patience)
{
    /// <summary>How long the condition of one rule may take to be read.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const string Contacts = "coalesce((select c.account_id from contacts c where c.id = m.member_id), m.member_id)";

    /// <param name="since">For entries and exits, only those after it.</param>
    public async Task<IReadOnlyList<(Guid Account, DateTimeOffset Since)>> ReadAsync(PlanTrigger trigger, DateTimeOffset since, DateTimeOffset at, CancellationToken ct)
    {
        List<(Guid, DateTimeOffset)> found = [];
#pragma warning disable CA2100 // one of our own texts
        await using var command = database.CreateCommand(
            $"""
            select distinct on (t.account_id) t.account_id, t.since from ({Sql(trigger.Case, Happened(trigger.Kind))}) t
            join accounts a on a.id = t.account_id
            where {(trigger.Case is PlanCase.Entered or PlanCase.Left
                ? "true" : "$3::uuid is null or exists (select from segment_members s where s.segment_id = $3 and s.member_id = t.account_id and s.entered_at <= $1 and (s.exited_at is null or s.exited_at > $1))")}
            order by t.account_id, t.since
            """);
#pragma warning restore CA2100
        command.CommandTimeout = (int)patience.TotalSeconds;
        command.Parameters.Add(new NpgsqlParameter { Value = at });
        command.Parameters.Add(new NpgsqlParameter { Value = since });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)trigger.Segment ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter { Value = trigger.Kind ?? "" });
        command.Parameters.Add(new NpgsqlParameter { Value = trigger.Days });
        command.Parameters.Add(new NpgsqlParameter { Value = trigger.State?.ToString() ?? "" });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            found.Add((row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1)));
        }

        return found;
    }

    // What one did or did not do: what a document says, an order or an invoice, or what an interaction does.
    private static string Happened(string? kind) => Enum.TryParse<DocumentType>(kind, out var document) && $"{document}" == kind
        ? "(select account_id, type as kind, date::timestamptz as at from documents) happened"
        : "interactions";

    // $1 the moment, $2 since when, $3 the segment, $4 the kind, $5 the days, $6 the state.
    private static string Sql(PlanCase one, string happened) => one switch
    {
        PlanCase.Entered =>
            $"select {Contacts} as account_id, m.entered_at as since from segment_members m where m.segment_id = $3 and m.entered_at > $2 and m.entered_at <= $1 and (m.exited_at is null or m.exited_at > $1)",
        PlanCase.Left =>
            $"select {Contacts} as account_id, m.exited_at as since from segment_members m where m.segment_id = $3 and m.exited_at > $2 and m.exited_at <= $1",
        PlanCase.Done =>
            $"select account_id, min(at) as since from {happened} where kind = $4 and at <= $1 and at > $1 - make_interval(days => $5) group by account_id",
        PlanCase.NotDone =>
            $"""
            select account_id, coalesce(max(at) filter (where kind = $4), min(at)) + make_interval(days => $5) as since
            from {happened} where at <= $1
            group by account_id having coalesce(max(at) filter (where kind = $4), min(at)) <= $1 - make_interval(days => $5)
            """,
        _ =>
            """
            select account_id, at + make_interval(days => $5) as since
            from (select distinct on (account_id) account_id, at, to_state from lead_moves where at <= $1 order by account_id, at desc) last
            where to_state = $6 and at <= $1 - make_interval(days => $5)
            """,
    };
}
