using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rcu.Ingestion.Reading;
using Rcu.Ingestion.Reading.Guesses;
using Rcu.Ingestion.Reading.Json;

namespace Rcu.Ingestion.Connectors.Webhook;

/// <summary>
/// What the messages of another program say, as rows: JSON, or the fields of a form. Each row also knows its message
/// (<c>_message.id</c>, <c>_message.line</c>, <c>_message.received_at</c>), for messages that have no key of their own.
/// </summary>
internal static class HookRows
{
    public const string Form = "application/x-www-form-urlencoded";

    private const string Besides = "_message";

    public static IEnumerable<ReadRow> Of(HookMessage message, string? list)
    {
        var text = Encoding.UTF8.GetString(message.Body).TrimStart('\uFEFF');
        if (message.ContentType == Form)
        {
            return [Row(message, FormOf(text).ToJsonString(), 1)];
        }

        try
        {
            var body = JsonElement.Parse(SafeText.OfJson(text, out _));
            if (JsonPath.Find(body, list) is not { } found)
            {
                return [Bad(message, new RejectReason("row.no_list", "La liste annoncée ne se trouve pas dans ce message.", list), text)];
            }

            return found.ValueKind is JsonValueKind.Array
                ? found.EnumerateArray().Select((item, i) => Row(message, item.GetRawText(), i + 1))
                : [Row(message, found.GetRawText(), 1)];
        }
        catch (JsonException broken)
        {
            return [Bad(message, RejectReason.NotJson($"position {broken.BytePositionInLine + 1}"), text)];
        }
    }

    private static ReadRow Row(HookMessage message, string json, int line)
    {
        var row = NdjsonRows.Row(message.Place, json, new Accents(new FileFormat(FileKind.Ndjson, "utf-8")));
        if (row is not ReadRow.Kept kept)
        {
            return row;
        }

        var fields = JsonNode.Parse(kept.Fields.ToJson())!.AsObject();
        fields[Besides] = new JsonObject { ["id"] = message.Id, ["line"] = line, ["received_at"] = message.ReceivedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) };
        return kept with
        {
            Fields = new RowFields(JsonSerializer.SerializeToElement(fields)) { IsBesides = path => path.StartsWith(Besides, StringComparison.Ordinal) },
        };
    }

    private static ReadRow.Rejected Bad(HookMessage message, RejectReason reason, string text) =>
        new(message.Place, reason, RejectReason.Cut(SafeText.Of(text, out _)));

    private static JsonObject FormOf(string text)
    {
        var fields = new JsonObject();
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)))
        {
            var (name, value) = (WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair.ElementAtOrDefault(1) ?? ""));
            fields[name] = fields[name] is { } before ? $"{before}, {value}" : value; // boxes ticked under one name
        }

        return fields;
    }
}

/// <summary>A message as another program posted it.</summary>
internal sealed record HookMessage(string Id, long Place, string ContentType, byte[] Body, DateTimeOffset ReceivedAt);
