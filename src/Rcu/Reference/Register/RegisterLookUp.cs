using Npgsql;
using Rcu.Identifiers;
using Rcu.Matching;

namespace Rcu.Reference.Register;

/// <summary>
/// Asks the register: one unit or one establishment by its number, or those a name and a postal code may be, with a score and the
/// reasons. A unit that asked Insee not to be shown is found by its number alone, never by what is hidden of it.
/// </summary>
public sealed class RegisterLookUp(NpgsqlDataSource database)
{
    public const int Most = 10;

    // What the engine ranks; the database chooses them by how alike the names are.
    private const int Ranked = 100;
    private const string Unknown = "";

    private static readonly Field[] Fields =
    [
        new("name", FieldKind.CompanyName),
        new("brand", FieldKind.CompanyName),
        new("street", FieldKind.Street),
        new("postal_code", FieldKind.PostalCode),
        new("city", FieldKind.Town),
    ];

    /// <summary>A legal unit with its head office; a number Insee declared to be another's twin answers with that other.</summary>
    public async Task<Result<RegisterUnit>> UnitAsync(string number, CancellationToken ct)
    {
        if (!Siren.TryAccept(number, digits => digits.Length == 9, out var siren))
        {
            return RegisterErrors.NotANumber;
        }

        var units = await UnitsAsync(
            $"""
            {RegisterUnit.Query}
            where u.siren = coalesce((select alias_of from public.siren_aliases where siren = $1), $1)
            order by e.is_head_office desc nulls last, e.siret desc limit 1
            """,
            ct,
            siren.Value);
        return units is [var unit] ? unit : RegisterErrors.NotFound;
    }

    /// <summary>An establishment with its legal unit.</summary>
    public async Task<Result<RegisterUnit>> EstablishmentAsync(string number, CancellationToken ct)
    {
        if (!Siret.TryAccept(number, digits => digits.Length == 14, out var siret))
        {
            return RegisterErrors.NotANumber;
        }

        var found = await UnitsAsync($"{RegisterUnit.QueryOf("e.siret = $1")} where e.siret is not null", ct, siret.Value);
        return found is [var unit] ? unit : RegisterErrors.NotFound;
    }

    /// <summary>Those it may be, the likeliest first.</summary>
    public async Task<Result<IReadOnlyList<RegisterCandidate>>> CandidatesAsync(RegisterQuestion asked, CancellationToken ct)
    {
        if (RegisterNames.KeyOf(asked.Name) is not { } key || asked.PostalCode?.Trim() is not { Length: 5 } postalCode)
        {
            return RegisterErrors.NoName;
        }

        var near = await UnitsAsync(
            $"""
            select * from ({RegisterUnit.QueryOf("true", "join")}
            where e.postal_code = $1 and e.diffusion = 'O' and u.diffusion = 'O'
              and (u.name_key operator(public.%) $2 or e.name_key operator(public.%) $2
                or u.name_key like $2 || ' %' or public.word_similarity(u.name_key, $2) > .8 or public.word_similarity($2, e.name_key) > .8)
            order by greatest(public.similarity(u.name_key, $2), public.similarity(e.name_key, $2)) desc nulls last, e.siret
            limit {Ranked}) near
            """,
            ct,
            postalCode,
            key);
        return Rank(asked, near);
    }

    private static List<RegisterCandidate> Rank(RegisterQuestion asked, List<RegisterUnit> near)
    {
        if (near.Count == 0)
        {
            return [];
        }

        var records = new RecordSet(EntityKind.Company, Fields);
        foreach (var unit in near)
        {
            records.Add(
                unit.Siret ?? unit.Siren, Unknown, [unit.Name, unit.Sign ?? unit.UsualName ?? unit.Acronym, unit.Street, unit.PostalCode, unit.City]);
        }

        var index = Matcher.Index(records, new MatchSettings { Threads = 1 });
        return
        [
            .. index.Candidates([asked.Name, null, asked.Street, asked.PostalCode, asked.City], Ranked, 1e-6)
                .Select(found => RegisterCandidate.Of(near[found.Index], found.Explanation))
                .OrderByDescending(candidate => candidate.Score)
                .ThenBy(candidate => candidate.Unit.IsClosed).ThenByDescending(candidate => candidate.Unit.IsHeadOffice)
                .ThenBy(candidate => candidate.Unit.Siret, StringComparer.Ordinal)
                .Take(Most),
        ];
    }

    private async Task<List<RegisterUnit>> UnitsAsync(string sql, CancellationToken ct, params object[] values)
    {
#pragma warning disable CA2100 // constant text of the register
        await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await using var row = await command.ExecuteReaderAsync(ct);
        var units = new List<RegisterUnit>();
        while (await row.ReadAsync(ct))
        {
            units.Add(RegisterUnit.Read(row));
        }

        return units;
    }
}

/// <summary>What is known of the company looked for: its name and postal code at least.</summary>
public sealed record RegisterQuestion(string Name, string? PostalCode, string? City = null, string? Street = null);
