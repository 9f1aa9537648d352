using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Rcu.Activation.Returns;

/// <summary>Reads the messages of tools in the words of each: one event, a list of them, or the fields of a form.</summary>
internal static class ReturnReader
{
    public const string Form = "application/x-www-form-urlencoded";

    private static readonly FrozenDictionary<string, ReturnKind> Kinds = new Dictionary<string, ReturnKind>
    {
        ["unsubscribe"] = ReturnKind.Unsubscribed,
        ["unsubscribed"] = ReturnKind.Unsubscribed,
        ["unsub"] = ReturnKind.Unsubscribed,
        ["listunsubscribe"] = ReturnKind.Unsubscribed,
        ["hsemailoptout"] = ReturnKind.Unsubscribed,
        ["hardbounce"] = ReturnKind.Bounced,
        ["bounced"] = ReturnKind.Bounced,
        ["invalidemail"] = ReturnKind.Bounced,
        ["cleaned"] = ReturnKind.Bounced,
        ["spam"] = ReturnKind.Complained,
        ["complaint"] = ReturnKind.Complained,
        ["complained"] = ReturnKind.Complained,
        ["abuse"] = ReturnKind.Complained,
    }.ToFrozenDictionary();

    /// <returns>The events that concern who may be written to, and how many others there were; null when it cannot be read.</returns>
    public static (IReadOnlyList<SaidReturn> Returns, int Others)? Read(string contentType, byte[] body, DateTimeOffset now)
    {
        try
        {
            var events = contentType == Form ? [FormOf(Encoding.UTF8.GetString(body))] : EventsOf(JsonElement.Parse(body));
            var read = events.Select(one => Of(one, now)).ToList();
            return (read.OfType<SaidReturn>().ToList(), read.Count(one => one is null));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<Dictionary<string, string>> EventsOf(JsonElement root)
    {
        var list = root.ValueKind is JsonValueKind.Object && root.TryGetProperty("events", out var events) ? events : root;
        return list.ValueKind is JsonValueKind.Array ? [.. list.EnumerateArray().Select(Flat)] : [Flat(list)];
    }

    // « data » is where many put what matters.
    private static Dictionary<string, string> Flat(JsonElement one)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (one.ValueKind is not JsonValueKind.Object)
        {
            return fields;
        }

        foreach (var field in one.EnumerateObject())
        {
            if (field is { Name: "data", Value.ValueKind: JsonValueKind.Object })
            {
                foreach (var (name, value) in Flat(field.Value))
                {
                    fields.TryAdd(name, value);
                }
            }
            else
            {
                fields[field.Name] = field.Value.ToString();
            }
        }

        return fields;
    }

    private static Dictionary<string, string> FormOf(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)))
        {
            var name = WebUtility.UrlDecode(pair[0]);
            fields[name.StartsWith("data[", StringComparison.Ordinal) ? name[5..].TrimEnd(']') : name] = WebUtility.UrlDecode(pair.ElementAtOrDefault(1) ?? "");
        }

        return fields;
    }

    private static SaidReturn? Of(Dictionary<string, string> fields, DateTimeOffset now)
    {
        string? First(params string[] names) => names.Select(name => fields.GetValueOrDefault(name)).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
        var word = new string([.. (First("propertyName", "event", "kind", "type") ?? "").Where(char.IsLetter).Select(char.ToLowerInvariant)]);
        var kind = Kinds.TryGetValue(word, out var known) ? known
            : word is "bounce" && First("hard_bounce", "hardBounce") is { } hard && bool.TryParse(hard, out var isHard) && isHard ? ReturnKind.Bounced
            : (ReturnKind?)null;
        if (kind is null || First("propertyValue") is "false")
        {
            return null;
        }

        return new SaidReturn(
            kind.Value, First("email", "recipient", "address")?.Trim().ToLowerInvariant(),
            First("remoteId", "remote_id", "contact_id", "objectId"), Guid.TryParse(First("profileId", "profile_id", "ext_id"), out var profile) ? profile : null,
            InstantOf(First("at", "ts_event", "ts", "occurredAt", "time", "timestamp", "fired_at", "date"), now));
    }

    // Seconds or milliseconds since 1970, or a date; one to come counts as now.
    private static DateTimeOffset InstantOf(string? text, DateTimeOffset now)
    {
        var said = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unix) && unix < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(unix < 100_000_000_000 ? unix * 1000 : unix)
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : now;
        return said > now ? now : said;
    }
}

/// <summary>One event, before anyone knows whom it is about.</summary>
internal sealed record SaidReturn(ReturnKind Kind, string? Email, string? RemoteId, Guid? ProfileId, DateTimeOffset At);
