using System.Runtime.CompilerServices;

namespace Rcu.Ingestion.Reading.Json;

/// <summary>
/// Reads the objects of a JSON list one after the other, whatever the size of the list. One that is malformed is set
/// aside alone, as far as its brackets let the next one be found.
/// </summary>
internal static class JsonRows
{
    /// <param name="list">The property that holds the list. Null: the list is the file itself.</param>
    public static async IAsyncEnumerable<ReadRow> ReadAsync(TextReader text, string? list, [EnumeratorCancellation] CancellationToken ct)
    {
        var items = new JsonItems(list, NdjsonRows.LongestLine);
        var buffer = new char[32 * 1024];
        int read;
        while ((read = await text.ReadAsync(buffer, ct)) > 0)
        {
            for (var at = 0; at < read; at++)
            {
                if (items.Add(buffer[at]))
                {
                    yield return Row(items);
                }
            }
        }

        if (items.End())
        {
            yield return Row(items);
        }

        if (items.IsCut)
        {
            yield return new ReadRow.Rejected(items.Line, RejectReason.Truncated(), null);
        }
    }

    private static ReadRow Row(JsonItems items) => items.IsWhole
        ? NdjsonRows.Row(items.FirstLine, items.Text)
        : new ReadRow.Rejected(items.FirstLine, RejectReason.TooLong(NdjsonRows.LongestLine), RejectReason.Cut(items.Text));
}
