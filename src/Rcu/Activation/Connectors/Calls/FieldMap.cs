using System.Text.Json;

namespace Rcu.Activation.Connectors.Calls;

/// <summary>
/// What the fields of a profile are called in a tool. Only what differs from what the tool holds is sent: a field it holds that is
/// empty now is emptied; one the hub has never told it is never emptied; one the hub does not speak of is left alone.
/// </summary>
public sealed class FieldMap(params (string Hub, string Tool)[] pairs)
{
    public IEnumerable<string> Names => pairs.Select(pair => pair.Tool);

    /// <summary>What is to be written; null stands for a field to be emptied.</summary>
    public Dictionary<string, object?> Changed(Change change)
    {
        var changed = new Dictionary<string, object?>();
        foreach (var (hub, tool) in pairs)
        {
            if (!TryRead(change.Payload, hub, out var now))
            {
                continue;
            }

            TryRead(change.Held ?? default, hub, out var before);
            if (!Equals(now, before))
            {
                changed[tool] = now;
            }
        }

        return changed;
    }

    /// <summary>All that is known, whatever the tool holds.</summary>
    public Dictionary<string, object?> Known(Change change) => Changed(change with { Held = null });

    /// <summary>The text at a path such as <c>account.name</c>; null when there is none.</summary>
    public static string? Text(JsonElement payload, string path) => TryRead(payload, path, out var value) ? value?.ToString() : null;

    private static bool TryRead(JsonElement from, string path, out object? value)
    {
        value = null;
        foreach (var name in path.Split('.'))
        {
            if (from.ValueKind is not JsonValueKind.Object || !from.TryGetProperty(name, out from))
            {
                return false;
            }
        }

        value = from.ValueKind switch
        {
            JsonValueKind.String => from.GetString(),
            JsonValueKind.Number => from.GetDecimal(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
        return true;
    }
}
