using Npgsql;

namespace Rcu.Insight.Boards;

/// <summary>
/// Which part of a market the accounts are: the active companies of the register on this hub, by department of their head office or by
/// division of their activity, beside those of them that are customers, and those that are accounts but no customers yet.
/// </summary>
public sealed class MarketCoverage(NpgsqlDataSource database)
{
    /// <summary>The ways a market is parted, and the figures that list its customers and its prospects.</summary>
    public static readonly IReadOnlyList<string> Ways = ["place", "activity"];

    private const int Most = 30;

    /// <returns>The parts with the most customers first; empty when no register was loaded.</returns>
    public async Task<IReadOnlyList<MarketPart>> ReadAsync(string way, CancellationToken ct)
    {
        var label = way == "place" ? Figure.Place : Figure.Division;
        List<MarketPart> parts = [];
#pragma warning disable CA2100 // one of our own two texts
        await using var command = database.CreateCommand(
            $"""
            with market as (
              select {label} as label, count(*) as units from {Figure.Companies} group by 1),
            ours as (
              select {label} as label, count(*) filter (where a.type = 'Customer') as customers, count(*) filter (where a.type is distinct from 'Customer') as prospects
              from accounts a join ({Figure.Companies}) on u.siren = a.siren group by 1)
            select m.label, m.units, coalesce(o.customers, 0), coalesce(o.prospects, 0) from market m left join ours o using (label)
            where m.label is not null order by 3 desc, 4 desc, 2 desc, 1 limit {Most}
            """);
#pragma warning restore CA2100
        command.CommandTimeout = 300;
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            parts.Add(new MarketPart(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));
        }

        return parts;
    }
}

/// <summary>One part of a market.</summary>
/// <param name="Label">The code of a department, or of a division of activities.</param>
/// <param name="Units">The active companies of the register.</param>
/// <param name="Customers">The accounts of them that are customers.</param>
/// <param name="Prospects">The accounts of them that are not.</param>
public sealed record MarketPart(string Label, long Units, long Customers, long Prospects);
