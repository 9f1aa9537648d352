using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Rcu.Ingestion.Drafts;
using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion;

/// <summary>Reads a file batch by batch and cleans its rows on every core, while the batch before is written.</summary>
internal sealed class StagedRows(Guid run, SourceFile file, FeedRows feeds, RowCleaner cleaner)
{
    /// <summary>Lines that a person left out when the file was checked.</summary>
    public required IReadOnlySet<long> LeftOut { get; init; }

    /// <summary>What a person put right in it then.</summary>
    public required DraftCorrections Corrections { get; init; }

    /// <summary>What its source said already; null when every row is written.</summary>
    public required KnownContent? Known { get; init; }

    /// <summary>The batches that follow a place, each with what the file so far tells of its length.</summary>
    public async IAsyncEnumerable<(StagedBatch Batch, long? Total)> AfterAsync(long place, [EnumeratorCancellation] CancellationToken ct)
    {
        var batches = Channel.CreateBounded<(StagedBatch, long?)>(1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = Task.Run(() => ReadAsync(place, batches.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(ct))
            {
                yield return batch;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    // What goes wrong reaches whoever asks for the next batch.
    private async Task ReadAsync(long place, ChannelWriter<(StagedBatch, long?)> batches, CancellationToken ct)
    {
        try
        {
            var start = place;
            await foreach (var rows in file.ReadAsync(place, ct).Chunk(IngestJob.BatchSize).WithCancellation(ct))
            {
                var first = place + 1;
                var batch = new StagedBatch(run, place, LeftOut, cleaner, place == start ? null : Known);
                batch.AddAll([.. rows.Select((row, i) => Corrections.On(first + i, row))], feeds, ct);
                place = batch.Place;
                await batches.WriteAsync((batch, file.RowsAfter(place)), ct);
                if (Known is not null)
                {
                    await Known.LearnAsync(place, ct);
                }
            }

            batches.Complete();
        }
        catch (Exception e)
        {
            batches.Complete(e);
        }
    }
}
