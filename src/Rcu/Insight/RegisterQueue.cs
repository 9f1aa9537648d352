using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Rcu.Insight;

/// <summary>The accounts without a SIREN for which the register proposes one, the surest first.</summary>
public sealed class RegisterQueue(NpgsqlDataSource database)
{
    // What was accepted leaves at once, before the account is computed again.
    private const string Accounts =
        """
        from register_searches s
        join accounts a on a.id = s.account_id and a.siren is null and not exists (
          select from register_judgements j where j.account_id = a.id and j.verdict = 'Accepted' and j.siren is not null and j.undone_at is null)
        """;

    private const string Columns =
        $"""
        select a.id, a.name, a.address_street, a.address_postal_code, a.address_city, a.phone, a.website, a.sources, s.best, s.lead, s.candidates::text,
          array(select j.siren from register_judgements j where j.account_id = a.id and j.verdict = 'Refused' and j.undone_at is null and j.siren is not null)
        {Accounts}
        """;

    private const int SureLead = 10;

    private const string Before = "(s.best > $1 or s.best = $1 and s.account_id < $2)";
    private const string After = "(s.best < $1 or s.best = $1 and s.account_id > $2)";

    /// <param name="after">The last account of the page before; null for the first page.</param>
    /// <param name="least">From which score.</param>
    public async Task<IReadOnlyList<AccountToName>> ListAsync(Guid? after, int least, int most, CancellationToken ct)
    {
        var best = after is { } last ? await BestAsync(last, ct) : null;
        return best is { } score
            ? await ReadAsync($"{Columns} where s.best > 0 and s.best >= $3 and {After} order by s.best desc, s.account_id limit $4", ct, score, after!.Value, least, most)
            : await ReadAsync($"{Columns} where s.best > 0 and s.best >= $1 order by s.best desc, s.account_id limit $2", ct, least, most);
    }

    public async Task<Result<AccountToName>> FindAsync(Guid account, CancellationToken ct) =>
        await ReadAsync($"{Columns} where s.account_id = $1", ct, account) is [var one] ? one : InsightErrors.NotSearched;

    /// <summary>The account that comes after this one in the queue; the first one when this one has left it.</summary>
    public async Task<Guid?> NextAsync(Guid account, CancellationToken ct) => await BestAsync(account, ct) is { } best && best > 0
        ? await IdAsync($"where s.best > 0 and {After} order by s.best desc, s.account_id", ct, best, account)
        : await IdAsync("where s.best > 0 order by s.best desc, s.account_id", ct);

    public async Task<Guid?> PreviousAsync(Guid account, CancellationToken ct) => await BestAsync(account, ct) is { } best
        ? await IdAsync($"where s.best > 0 and {Before} order by s.best, s.account_id desc", ct, best, account)
        : null;

    /// <summary>How many accounts wait for an answer.</summary>
    public async Task<int> CountAsync(CancellationToken ct) => (int)(long)(await AskAsync(
        $"select count(*) {Accounts} where s.best > 0", ct))!;

    /// <summary>Those that can be answered together: a score as high, well ahead of any other unit, open, shown by Insee.</summary>
    public Task<IReadOnlyList<AccountToName>> SureAsync(int score, int most, CancellationToken ct) => ReadAsync(
        $"""
        {Columns}
        where s.best >= $1 and s.lead >= {SureLead} and exists (
          select from register.legal_units u
          where u.siren = (select c ->> 'siren' from jsonb_array_elements(s.candidates) c
              where not exists (select from register_judgements j
                where j.account_id = a.id and j.siren = c ->> 'siren' and j.verdict = 'Refused' and j.undone_at is null) limit 1)
            and u.diffusion = 'O' and u.state is distinct from 'C')
        order by s.best desc, s.account_id limit $2
        """,
        ct,
        score,
        most);

    private async Task<int?> BestAsync(Guid account, CancellationToken ct) =>
        await AskAsync("select best from register_searches where account_id = $1", ct, account) is int best ? best : null;

    private async Task<Guid?> IdAsync(string which, CancellationToken ct, params object[] values) => await AskAsync(
        $"select s.account_id {Accounts} {which} limit 1", ct, values) is Guid id ? id : null;

    private async Task<object?> AskAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(ct);
    }

    private async Task<IReadOnlyList<AccountToName>> ReadAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Command(sql, values);
        await using var row = await command.ExecuteReaderAsync(ct);
        var rows = new List<AccountToName>();
        while (await row.ReadAsync(ct))
        {
            string? Text(int at) => row.IsDBNull(at) ? null : row.GetString(at);
            var found = new RegisterSearched(
                JsonSerializer.Deserialize<List<SuggestedUnit>>(row.GetString(10), RegisterSearch.Json)!, row.GetFieldValue<string[]>(11));
            rows.Add(new AccountToName(
                row.GetGuid(0), row.GetString(1), Text(2), Text(3), Text(4), Text(5), Text(6), row.GetFieldValue<string[]>(7), found.Best, found.Left));
        }

        return rows;
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
#pragma warning disable CA2100 // constant text of this class
        var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(value is Guid id ? new NpgsqlParameter { Value = id, NpgsqlDbType = NpgsqlDbType.Uuid } : new NpgsqlParameter { Value = value });
        }

        return command;
    }
}

/// <summary>An account without a SIREN, and the units it may be, the likeliest first; those a person refused are left out.</summary>
/// <param name="Best">The score of the first, from 0 to 100.</param>
public sealed record AccountToName(
    Guid AccountId, string Name, string? Street, string? PostalCode, string? City, string? Phone, string? Website, IReadOnlyList<string> Sources, int Best,
    IReadOnlyList<SuggestedUnit> Candidates);
