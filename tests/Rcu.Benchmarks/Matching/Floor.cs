using System.Diagnostics;
using System.Text;
using Npgsql;
using Rcu.Benchmarks.Generator;
using Rcu.Matching.Text;

namespace Rcu.Benchmarks.Matching;

/// <summary>What nobody can do without, measured on the same rows: reading them, getting them out of a database, comparing names.</summary>
internal sealed record Floor(double CsvSeconds, double CopySeconds, double ComparisonSeconds)
{
    private const int Times = 3;
    private const int MostNames = 1 << 18;

    public static async Task<Floor> MeasureAsync(BenchData data, string file, GeneratedSet set, long pairs, CancellationToken ct)
    {
        var csv = Best(() => ReadCsv(file));
        await using var hub = await data.NewHubAsync(ct);
        await CopyInAsync(hub, file, set.Columns.Count, ct);
        var copy = double.MaxValue;
        for (var i = 0; i < Times; i++)
        {
            copy = Math.Min(copy, await CopyOutAsync(hub, ct));
        }

        var names = NamesOf(file, set.Columns.ToList().FindIndex(column => column.Name is "name" or "family_name"));
        return new Floor(csv, copy, Best(() => Compare(names, pairs)));
    }

    /// <summary>Folded names of a file, as the bytes that a comparison reads.</summary>
    public static byte[][] NamesOf(string file, int column)
    {
        using var rows = new CsvBytes(File.OpenRead(file));
        rows.Read();
        var names = new List<byte[]>();
        while (names.Count < MostNames && rows.Read())
        {
            if (rows[column].Length > 0)
            {
                names.Add(Encoding.ASCII.GetBytes(DirtyText.WithoutAccents(Encoding.UTF8.GetString(rows[column])).ToLowerInvariant()));
            }
        }

        return [.. names];
    }

    private static double Best(Action act)
    {
        var best = double.MaxValue;
        for (var i = 0; i < Times; i++)
        {
            var watch = Stopwatch.StartNew();
            act();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return best;
    }

    private static void ReadCsv(string file)
    {
        using var rows = new CsvBytes(File.OpenRead(file));
        var bytes = 0L;
        while (rows.Read())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                bytes += rows[i].Length;
            }
        }

        GC.KeepAlive(bytes);
    }

    private static async Task CopyInAsync(BenchHub hub, string file, int columns, CancellationToken ct)
    {
        await using var connection = await hub.OpenAsOwnerAsync(ct);
        var names = string.Join(", ", Enumerable.Range(1, columns).Select(n => $"c{n} text"));
#pragma warning disable CA2100 // numbered columns
        await using (var create = new NpgsqlCommand($"create table bench_rows ({names})", connection))
#pragma warning restore CA2100
        {
            await create.ExecuteNonQueryAsync(ct);
        }

        using var text = new StreamReader(file, Encoding.UTF8);
        await using var copy = await connection.BeginTextImportAsync("copy bench_rows from stdin (format csv, header)", ct);
        var buffer = new char[1 << 16];
        for (var read = await text.ReadAsync(buffer, ct); read > 0; read = await text.ReadAsync(buffer, ct))
        {
            await copy.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }

    private static async Task<double> CopyOutAsync(BenchHub hub, CancellationToken ct)
    {
        await using var connection = await hub.OpenAsOwnerAsync(ct);
        var watch = Stopwatch.StartNew();
        await using (var copy = await connection.BeginRawBinaryCopyAsync("copy bench_rows to stdout (format binary)", ct))
        {
            var buffer = new byte[1 << 16];
            while (await copy.ReadAsync(buffer, ct) > 0)
            {
            }
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static void Compare(byte[][] names, long pairs)
    {
        var parts = Environment.ProcessorCount;
        Parallel.For(0, parts, part =>
        {
            var (dice, sum) = (new Dice(7, part, 31), 0.0);
            for (var i = 0L; i < pairs / parts; i++)
            {
                sum += JaroWinkler.Similarity(names[dice.Below(names.Length)], names[dice.Below(names.Length)]);
            }

            GC.KeepAlive(sum);
        });
    }
}
