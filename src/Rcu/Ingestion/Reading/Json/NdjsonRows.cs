using System.Runtime.CompilerServices;
using System.Text.Json;
using Rcu.Ingestion.Reading.Guesses;

namespace Rcu.Ingestion.Reading.Json;

/// <summary>Reads one JSON object a line, as event streams are written. A line that is not one is set aside.</summary>
internal static class NdjsonRows
{
    /// <summary>The longest line.</summary>
    public const int LongestLine = 1024 * 1024;

    // PostgreSQL keeps JSON numbers exactly, and refuses those of more than a hundred thousand digits.
    private const int LongestExponent = 4;

    public static async IAsyncEnumerable<ReadRow> ReadAsync(TextReader text, FileFormat format, [EnumeratorCancellation] CancellationToken ct)
    {
        var accents = new Accents(format);
        await foreach (var (line, content, whole) in BoundedLines.ReadAsync(text, LongestLine, ct))
        {
            var trimmed = content.Trim().TrimStart('\uFEFF');
            if (trimmed.Length > 0)
            {
                yield return whole ? Row(line, trimmed, accents) : new ReadRow.Rejected(line, RejectReason.TooLong(LongestLine), RejectReason.Cut(trimmed));
            }
        }
    }

    public static ReadRow Row(long line, string text, Accents accents)
    {
        if (accents.AreForeign(text))
        {
            return new ReadRow.Rejected(line, RejectReason.Encoding(null, null), RejectReason.Cut(StrayBytes.AsWindows(text)));
        }

        var safe = accents.Restored(SafeText.OfJson(text, out var replaced), ref replaced);
        JsonElement json;
        try
        {
            json = JsonElement.Parse(safe);
        }
        catch (JsonException broken)
        {
            return new ReadRow.Rejected(line, RejectReason.NotJson($"position {broken.BytePositionInLine + 1}"), RejectReason.Cut(safe));
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return new ReadRow.Rejected(line, RejectReason.NotAnObject($"{json.ValueKind}"), RejectReason.Cut(safe));
        }

        var fields = new RowFields(json);
        if (TooLarge(json, fields) is { } number)
        {
            return new ReadRow.Rejected(line, RejectReason.NumberTooLarge(number.Path, number.Value), RejectReason.Cut(safe));
        }

        return new ReadRow.Kept(line, fields, replaced ? [.. fields.Leaves().Where(l => l.Value.Contains('\uFFFD')).Select(l => l.Path)] : []);
    }

    private static (string Path, string Value)? TooLarge(JsonElement json, RowFields fields) =>
        Numbers(json).Any(IsTooLarge)
            ? fields.Leaves().FirstOrDefault(leaf => IsTooLarge(leaf.Value))
            : null;

    private static IEnumerable<string> Numbers(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => [json.GetRawText()],
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Numbers(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Numbers),
        _ => [],
    };

    private static bool IsTooLarge(string number) =>
        number.IndexOfAny(['e', 'E']) is var exponent && exponent >= 0
            ? number.Length - exponent - 1 > LongestExponent
            : number.Length > 1000 && number.All(c => char.IsAsciiDigit(c) || c is '-' or '.');
}
