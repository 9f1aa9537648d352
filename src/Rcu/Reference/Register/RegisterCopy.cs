using System.Text;
using Npgsql;
using Rcu.Data;

namespace Rcu.Reference.Register;

/// <summary>Sends the rows of one part of the register to the table prepared for them, by COPY.</summary>
internal static class RegisterCopy
{
    private const int Chunk = 2_048;

    // One batch of rows is sent while the next is read.
    public static async Task<(long Rows, Dictionary<string, long> Bad, List<BadRow> Examples)> SendAsync(
        NpgsqlConnection connection, IRegisterRows source, RegisterLayout layout, int columns, Action report, CancellationToken ct)
    {
        var (rows, bad, examples) = (0L, new Dictionary<string, long>(), new List<BadRow>());
        await using var copy = await connection.BeginRawBinaryCopyAsync($"copy {layout.Table} from stdin (format binary, freeze)", ct);
        await copy.WriteAsync(CopyRows.Header, ct);
        CopyRows[] buffers = [new(), new()];
        var sent = Task.CompletedTask;
        var more = true;
        for (var turn = 0; more; turn++)
        {
            var buffer = buffers[turn % 2];
            buffer.Clear();
            more = await Task.Run(() => Take(buffer), ct);
            await sent;
            sent = copy.WriteAsync(buffer.Bytes, ct).AsTask();
            report();
        }

        await sent;
        await copy.WriteAsync(CopyRows.Trailer, ct);
        return (rows, bad, examples);

        bool Take(CopyRows buffer)
        {
            for (var i = 0; i < Chunk; i++)
            {
                if (!source.Read())
                {
                    return false;
                }

                if ((source.Count == columns ? layout.Write(source, buffer) : RegisterErrors.BadShape) is not { } reason)
                {
                    layout.Remember(source);
                    rows++;
                    continue;
                }

                bad[reason] = bad.GetValueOrDefault(reason) + 1;
                if (examples.Count < BadRow.Most)
                {
                    examples.Add(new BadRow(source.Row, reason, Encoding.UTF8.GetString(source[0])));
                }
            }

            return true;
        }
    }
}
