using System.Text.Json;
using Npgsql;

namespace Rcu.Reference.Register;

/// <summary>
/// Brings what changed since the monthly files into the register, by the same reading as theirs: what Insee hides is hidden all the
/// same. Set-based, in the transaction of whoever asks.
/// </summary>
public static class RegisterChanges
{
    /// <summary>False while another writes the register; else it is the caller's until the transaction ends.</summary>
    public static async Task<bool> TryHoldAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var hold = new NpgsqlCommand("select pg_try_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = RegisterLoad.Lock } } };
        return await hold.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>What is read of each part: the names of its table, and of the column that says when a row was treated.</summary>
    public static IReadOnlyDictionary<string, string> Parts { get; } =
        new[] { "legal_units", "establishments", "successions" }.ToDictionary(kind => kind, kind => RegisterLayout.Of(kind).Treated);

    /// <summary>What a page of units changes. One that does not say its number, whether it may be shown or its state is set aside.</summary>
    /// <param name="kind">The part of the register the units are of.</param>
    /// <param name="units">As the API Sirene tells them.</param>
    public static async Task<AbsorbedChanges> AbsorbAsync(NpgsqlConnection connection, string kind, IReadOnlyList<JsonElement> units, CancellationToken ct)
    {
        var known = RegisterLayout.Of(kind);
        var absorbed = new AbsorbedChanges(0, 0, new Dictionary<string, long>(), []);

        // Units that lack the same things go together: nearly always, all of them.
        foreach (var alike in units.Select((unit, i) => (Unit: unit, Row: i + 1L, Missing: ApiRows.Missing(known, unit).ToArray())).GroupBy(one => string.Join(' ', one.Missing)))
        {
            var (missing, group) = (alike.First().Missing, alike.ToList());
            var merged = known.Needed.Intersect(missing).Any() ? SetAside(group.ConvertAll(one => one.Unit))
                : await MergeAsync(connection, kind, group.ConvertAll(one => one.Unit), missing, ct);
            absorbed = absorbed.And(merged with { Examples = [.. merged.Examples.Select(bad => bad with { Row = group[(int)bad.Row - 1].Row })] });
        }

        return absorbed;
    }

    private static AbsorbedChanges SetAside(List<JsonElement> units) => new(
        0, 0, new Dictionary<string, long> { [RegisterErrors.BadShape] = units.Count },
        [.. units.Take(BadRow.Most).Select((unit, i) => new BadRow(i + 1, RegisterErrors.BadShape, NumberOf(unit)))]);

    private static string NumberOf(JsonElement unit) =>
        unit.ValueKind is JsonValueKind.Object && (unit.TryGetProperty("siret", out var number) || unit.TryGetProperty("siren", out number)) ? $"{number}" : "";

    private static async Task<AbsorbedChanges> MergeAsync(
        NpgsqlConnection connection, string kind, List<JsonElement> units, string[] missing, CancellationToken ct)
    {
        await using (var prepare = new NpgsqlCommand("select register.prepare($1)", connection) { Parameters = { new() { Value = kind } } })
        {
            await prepare.ExecuteNonQueryAsync(ct);
        }

        var rows = new ApiRows(RegisterLayout.Of(kind), units);
        var layout = RegisterLayout.OfKind(kind, rows.Headers);
        var (_, bad, examples) = await RegisterCopy.SendAsync(connection, rows, layout, rows.Count, () => { }, ct);
        await using var merge = new NpgsqlCommand("select inserted, updated from register.merge($1, $2)", connection) { CommandTimeout = 0 };
        merge.Parameters.Add(new() { Value = kind });
        merge.Parameters.Add(new() { Value = missing.SelectMany(column => layout.Fills.GetValueOrDefault(column) ?? []).Distinct().ToArray() });
        await using var merged = await merge.ExecuteReaderAsync(ct);
        await merged.ReadAsync(ct);
        return new AbsorbedChanges(merged.GetInt64(0), merged.GetInt64(1), bad, examples);
    }
}

/// <summary>What a page of changes became.</summary>
/// <param name="SetAside">How many units were not taken, by reason.</param>
public sealed record AbsorbedChanges(long Inserted, long Updated, IReadOnlyDictionary<string, long> SetAside, IReadOnlyList<BadRow> Examples)
{
    internal AbsorbedChanges And(AbsorbedChanges other) => new(
        Inserted + other.Inserted,
        Updated + other.Updated,
        SetAside.Concat(other.SetAside).GroupBy(reason => reason.Key).ToDictionary(reason => reason.Key, reason => reason.Sum(count => count.Value)),
        [.. Examples.Concat(other.Examples).Take(BadRow.Most)]);
}
