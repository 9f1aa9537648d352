using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rcu.Ingestion.Drafts;
using Rcu.Ingestion.Reading;

namespace Rcu.Cleaning.Checking;

/// <summary>Reads a file and checks its rows on every core: one batch is read while another is cleaned and a third is written.</summary>
internal sealed class CheckedRows(SourceFile file, RowCheck check, DraftCorrections corrections)
{
    private const int BatchSize = 5_000;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async IAsyncEnumerable<IReadOnlyList<CheckedCells>> AllAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await using var rows = file.ReadAsync(0, ct).GetAsyncEnumerator(ct);
        var reading = Task.Run(() => ReadAsync(rows), ct);
        var cleaning = CleanAsync(await reading, 1, ct);
        try
        {
            for (var place = 0L; await cleaning is { Count: > 0 } batch;)
            {
                place += batch.Count;
                var first = place + 1;
                cleaning = Task.Run(async () => await CleanAsync(await reading, first, ct), ct);
                yield return batch;
            }
        }
        finally
        {
            // Whoever asked may have stopped: nothing may still read when the file is closed.
            await ((Task)cleaning).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task<List<CheckedCells>> CleanAsync(List<ReadRow> read, long first, CancellationToken token)
        {
            reading = read.Count == 0 ? reading : Task.Run(() => ReadAsync(rows), token);
            return Task.Run(() => read.AsParallel().AsOrdered().WithCancellation(token).Select((row, i) => Check(row, first + i)).ToList(), token);
        }
    }

    private static async Task<List<ReadRow>> ReadAsync(IAsyncEnumerator<ReadRow> rows)
    {
        var batch = new List<ReadRow>(BatchSize);
        while (batch.Count < BatchSize && await rows.MoveNextAsync())
        {
            batch.Add(rows.Current);
        }

        return batch;
    }

    private CheckedCells Check(ReadRow read, long place)
    {
        var row = check.Check(corrections.On(place, read), place);
        return new CheckedCells(row, read, row.Cleaned is { } cleaned ? JsonSerializer.SerializeToUtf8Bytes(cleaned.Fields, Readable) : null);
    }
}

/// <param name="Read">As the file says it.</param>
/// <param name="Json">Its canonical fields; null when it cannot go in.</param>
internal readonly record struct CheckedCells(CheckedRow Row, ReadRow Read, byte[]? Json);
