using System.Runtime.CompilerServices;
using System.Text;

namespace Rcu.Ingestion.Reading.Json;

/// <summary>Lines of a text with their numbers, none longer than a limit: the rest of a longer one is passed over.</summary>
internal static class BoundedLines
{
    public static async IAsyncEnumerable<(long Line, string Text, bool Whole)> ReadAsync(
        TextReader text, int limit, [EnumeratorCancellation] CancellationToken ct)
    {
        var buffer = new char[32 * 1024];
        var line = new StringBuilder();
        var (number, length, afterReturn) = (1L, 0L, false);
        int read;
        while ((read = await text.ReadAsync(buffer, ct)) > 0)
        {
            for (var rest = buffer.AsMemory(0, read); rest.Length > 0;)
            {
                if (afterReturn && rest.Span[0] == '\n')
                {
                    rest = rest[1..];
                    afterReturn = false;
                    continue;
                }

                afterReturn = false;
                var end = rest.Span.IndexOfAny('\r', '\n');
                var part = end < 0 ? rest : rest[..end];
                line.Append(part[..(int)Math.Clamp(limit - length, 0, part.Length)].Span);
                length += part.Length;
                if (end < 0)
                {
                    break;
                }

                yield return (number++, line.ToString(), length <= limit);
                line.Clear();
                (length, afterReturn) = (0, rest.Span[end] == '\r');
                rest = rest[(end + 1)..];
            }
        }

        if (length > 0)
        {
            yield return (number, line.ToString(), length <= limit);
        }
    }
}
