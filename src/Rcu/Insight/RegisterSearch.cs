using System.Text.Json;
using Npgsql;
using Rcu.Reference;
using Rcu.Reference.Register;

namespace Rcu.Insight;

/// <summary>
/// Looks in the register for the accounts that bear no SIREN, by their name and postal code or town, and keeps what it found until the
/// account or the register changes. So many at a time: the next pass goes on.
/// </summary>
public sealed class RegisterSearch(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>How many accounts one pass looks for.</summary>
    public const int PerPass = 3_000;

    private const int Batch = 100;

    /// <summary>Below, a unit is not worth a person's look.</summary>
    private const int Least = 25;

    private const int Kept = 5;

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    // An account is searched again when what is asked changed, or the register was replaced.
    private const string Waiting =
        """
        from accounts a
        cross join (select coalesce(max(loaded_at)::text, '') as version from register.loads where kind not in ('successions', 'notices', 'places')) r
        cross join lateral (select md5(concat_ws('|', a.name, a.address_street, a.address_postal_code, a.address_city, r.version)) as asked) q
        left join register_searches s on s.account_id = a.id
        where a.siren is null and coalesce(a.address_country, 'FR') = 'FR' and s.asked is distinct from q.asked
        """;

    /// <returns>How many accounts were looked for.</returns>
    public async Task<int> RunAsync(int most, CancellationToken ct)
    {
        if (await AskAsync("select exists (select from register.establishments)", ct) is not true)
        {
            return 0;
        }

        await AskAsync("delete from register_searches s where not exists (select from accounts a where a.id = s.account_id and a.siren is null)", ct);
        var lookUp = new RegisterLookUp(database);
        var searched = 0;
        while (searched < most && await ReadAsync(Math.Min(Batch, most - searched), ct) is { Count: > 0 } accounts)
        {
            var found = new List<RegisterSearched>(accounts.Count);
            foreach (var account in accounts)
            {
                found.Add(await LookForAsync(lookUp, account, ct));
            }

            await WriteAsync(accounts, found, ct);
            searched += accounts.Count;
        }

        return searched;
    }

    /// <summary>How many accounts wait to be looked for.</summary>
    public async Task<long> WaitingAsync(CancellationToken ct) => await AskAsync("select exists (select from register.establishments)", ct) is true
        ? (long)(await AskAsync($"select count(*) {Waiting}", ct))!
        : 0;

    private static async Task<RegisterSearched> LookForAsync(RegisterLookUp register, Asked account, CancellationToken ct)
    {
        // A town of one postal code stands for it.
        var postalCode = account.PostalCode
            ?? (Communes.Resolve(null, account.City) is { } town && Communes.PostalCodesOf(town.Code) is [var only] ? only : null);
        if (postalCode is null)
        {
            return new RegisterSearched([], account.Refused);
        }

        var found = await register.CandidatesAsync(new RegisterQuestion(account.Name, postalCode, account.City, account.Street), ct);
        return new RegisterSearched(
            found.Succeeded
                ? [.. found.Value.Where(one => one.Score >= Least && one.Unit.Siret is not null).Take(Kept).Select(SuggestedUnit.Of)]
                : [],
            account.Refused);
    }

    private async Task<List<Asked>> ReadAsync(int count, CancellationToken ct)
    {
        await using var read = database.CreateCommand(
            $"""
            select a.id, a.name, a.address_street, a.address_postal_code, a.address_city, q.asked,
              array(select j.siren from register_judgements j where j.account_id = a.id and j.verdict = 'Refused' and j.undone_at is null and j.siren is not null)
            {Waiting} order by a.id limit $1
            """);
        read.Parameters.Add(new() { Value = count });
        await using var row = await read.ExecuteReaderAsync(ct);
        var accounts = new List<Asked>(count);
        while (await row.ReadAsync(ct))
        {
            string? Text(int at) => row.IsDBNull(at) ? null : row.GetString(at);
            accounts.Add(new Asked(
                row.GetGuid(0), row.GetString(1), Text(2), Text(3), Text(4), row.GetString(5), [.. row.GetFieldValue<string[]>(6)]));
        }

        return accounts;
    }

    private async Task WriteAsync(List<Asked> accounts, List<RegisterSearched> found, CancellationToken ct)
    {
        await using var write = database.CreateCommand(
            """
            insert into register_searches (account_id, asked, best, lead, candidates, searched_at)
            select t.id, t.asked, t.best, t.lead, t.candidates::jsonb, $6 from unnest($1, $2, $3, $4, $5) t (id, asked, best, lead, candidates)
            on conflict (account_id) do update
            set asked = excluded.asked, best = excluded.best, lead = excluded.lead, candidates = excluded.candidates, searched_at = excluded.searched_at
            """);
        foreach (var value in (ReadOnlySpan<object>)
        [
            accounts.ConvertAll(a => a.Id).ToArray(), accounts.ConvertAll(a => a.Key).ToArray(), found.ConvertAll(f => f.Best).ToArray(),
            found.ConvertAll(f => f.Lead).ToArray(), found.ConvertAll(f => JsonSerializer.Serialize(f.Candidates, Json)).ToArray(), clock.GetUtcNow(),
        ])
        {
            write.Parameters.Add(new() { Value = value });
        }

        await write.ExecuteNonQueryAsync(ct);
    }

    private async Task<object?> AskAsync(string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // constant text of this class
        await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(ct);
    }

    private sealed record Asked(Guid Id, string Name, string? Street, string? PostalCode, string? City, string Key, List<string> Refused);
}

/// <summary>What was found of one account, and what people refused of it.</summary>
internal sealed record RegisterSearched(IReadOnlyList<SuggestedUnit> Candidates, IReadOnlyCollection<string> Refused)
{
    public IReadOnlyList<SuggestedUnit> Left => field ??= [.. Candidates.Where(one => !Refused.Contains(one.Siren))];

    public int Best => Left is [var first, ..] ? first.Score : 0;

    /// <summary>How far the best unit is ahead of another unit: two places of one unit do not compete.</summary>
    public int Lead => Best - (Left.FirstOrDefault(one => one.Siren != Left[0].Siren)?.Score ?? 0);
}
