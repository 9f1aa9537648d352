using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Rcu.Exploration;

/// <summary>How many rows a filter finds: exactly while they are few, else what the database's own statistics make of them.</summary>
public sealed record RowCount(long Value, bool IsExact)
{
    /// <summary>Up to here rows are counted one by one.</summary>
    public const int Counted = 10_000;

    // So many foreseen are many, however wrong the statistics: none is counted.
    private const int Many = 3 * Counted;

    internal static async Task<RowCount> OfAsync<T>(DbContext db, IQueryable<T> rows, CancellationToken ct) =>
        await OfAsync(db, rows, await PlannedAsync(db, rows, ct), ct);

    /// <param name="planned">How many are foreseen.</param>
    internal static async Task<RowCount> OfAsync<T>(DbContext db, IQueryable<T> rows, long planned, CancellationToken ct)
    {
        if (planned >= Many)
        {
            return new RowCount(planned, IsExact: false);
        }

        var counted = await rows.Select(_ => 1).Take(Counted + 1).CountAsync(ct);
        return counted <= Counted
            ? new RowCount(counted, IsExact: true)
            : new RowCount(Math.Max(counted, planned), IsExact: false);
    }

    /// <summary>How many the statistics foresee: nothing is read.</summary>
    internal static async Task<long> PlannedAsync<T>(DbContext db, IQueryable<T> rows, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = rows.Select(_ => 1).CreateDbCommand();
            command.CommandText = $"explain (format json) {command.CommandText}";
            using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(ct))!);
            return plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetInt64();
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
