using System.Runtime.CompilerServices;
using Rcu.Ingestion.Reading.Guesses;

namespace Rcu.Ingestion.Reading.Json;

/// <summary>
/// Reads the objects of a JSON list one after the other, whatever the size of the list. One that is malformed is set
/// aside alone, as far as its brackets let the next one be found.
/// </summary>
internal static class JsonRows
{
    public static async IAsyncEnumerable<ReadRow> ReadAsync(TextReader text, FileFormat format, [EnumeratorCancellation] CancellationToken ct)
    {
        var items = new JsonItems(format.List, NdjsonRows.LongestLine);
        var accents = new Accents(format);
        var buffer = new char[32 * 1024];
        int read;
        while ((read = await text.ReadAsync(buffer, ct)) > 0)
        {
            for (var at = 0; at < read; at++)
            {
                if (items.Add(buffer[at]))
                {
                    yield return Row(items, accents);
                }
            }
        }

        if (items.End())
        {
            yield return Row(items, accents);
        }

        if (items.IsCut)
        {
            yield return new ReadRow.Rejected(items.Line, RejectReason.Truncated(), null);
        }
    }

    private static ReadRow Row(JsonItems items, Accents accents) => items.IsWhole
        ? NdjsonRows.Row(items.FirstLine, items.Text, accents)
        : new ReadRow.Rejected(items.FirstLine, RejectReason.TooLong(NdjsonRows.LongestLine), RejectReason.Cut(items.Text));
}
