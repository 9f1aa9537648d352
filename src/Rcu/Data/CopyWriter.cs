using Npgsql;

namespace Rcu.Data;

/// <summary>Sends many rows by one binary copy: several threads prepare the next ones while the server takes those before.</summary>
internal static class CopyWriter
{
    private const int Chunk = 2_048;

    /// <param name="into">The table and its columns: constant text of the caller.</param>
    /// <param name="count">How many things there are to write.</param>
    /// <param name="write">Adds the rows of one of them; called by several threads, each with rows of its own.</param>
    public static async Task WriteAsync(
        NpgsqlConnection connection, string into, int count, Action<int, CopyRows> write, CancellationToken ct)
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync($"copy {into} from stdin (format binary)", ct);
        await copy.WriteAsync(CopyRows.Header, ct);
        var chunks = (count + Chunk - 1) / Chunk;
        var wave = Math.Max(1, Environment.ProcessorCount) * 4;
        var next = Prepare(0);
        for (var first = 0; first < chunks; first += wave)
        {
            var ready = await next;
            next = Prepare(first + wave);
            foreach (var rows in ready)
            {
                await copy.WriteAsync(rows.Bytes, ct);
            }
        }

        await copy.WriteAsync(CopyRows.Trailer, ct);

        Task<CopyRows[]> Prepare(int first) => Task.Run(
            () =>
            {
                var prepared = new CopyRows[Math.Clamp(chunks - first, 0, wave)];
                Parallel.For(0, prepared.Length, new ParallelOptions { CancellationToken = ct }, chunk =>
                {
                    var rows = prepared[chunk] = new CopyRows();
                    var begin = (first + chunk) * Chunk;
                    for (var i = begin; i < Math.Min(count, begin + Chunk); i++)
                    {
                        write(i, rows);
                    }
                });
                return prepared;
            },
            ct);
    }
}
