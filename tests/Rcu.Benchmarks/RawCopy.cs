using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Rcu.Benchmarks;

/// <summary>The least a database asks for: rows by binary COPY into a table without index, nothing read, checked or compared.</summary>
internal static class RawCopy
{
    /// <summary>How many seconds the copy takes, its commit included.</summary>
    public static async Task<double> SecondsAsync(BenchHub hub, int columns, IEnumerable<string[]> rows, CancellationToken ct)
    {
        await using var connection = await hub.OpenAsOwnerAsync(ct);
        var names = string.Join(", ", Enumerable.Range(1, columns).Select(n => $"c{n} text"));
#pragma warning disable CA2100 // numbered columns
        await using (var create = new NpgsqlCommand($"drop table if exists bench_rows; create table bench_rows ({names})", connection))
#pragma warning restore CA2100
        {
            await create.ExecuteNonQueryAsync(ct);
        }

        var watch = Stopwatch.StartNew();
        await using (var copy = await connection.BeginBinaryImportAsync("copy bench_rows from stdin (format binary)", ct))
        {
            foreach (var row in rows)
            {
                await copy.StartRowAsync(ct);
                foreach (var cell in row)
                {
                    await copy.WriteAsync(cell, NpgsqlDbType.Text, ct);
                }
            }

            await copy.CompleteAsync(ct);
        }

        return watch.Elapsed.TotalSeconds;
    }
}
