using System.Text.Json;

namespace Rcu.Activation.Connectors.Calls;

/// <summary>
/// What the fields of a profile are called in a tool. Only what differs from what the tool holds is sent: a field it holds that is
/// empty now is emptied; one the hub has never told it is never emptied; one the hub does not speak of is left alone. Where a person
/// said which field goes where, the profile carries them in the names of the tool, below <see cref="Chosen"/>.
/// </summary>
public sealed class FieldMap(params (string Hub, string Tool)[] pairs)
{
    /// <summary>Where a profile carries the fields that a person chose.</summary>
    public const string Chosen = "fields";

    public IEnumerable<string> Names => pairs.Select(pair => pair.Tool);

    /// <summary>What goes where unless a person says otherwise.</summary>
    public IReadOnlyList<FieldRule> Usual => [.. pairs.Select(pair => new FieldRule(pair.Hub, pair.Tool))];

    /// <summary>The fields of the tool that these changes speak of.</summary>
    public IReadOnlyList<string> NamesIn(IEnumerable<Change> changes) =>
        [.. changes.Where(change => !change.IsRemoval).SelectMany(change => PairsOf(change).Select(pair => pair.Tool)).Distinct()];

    /// <summary>What is to be written; null stands for a field to be emptied.</summary>
    public Dictionary<string, object?> Changed(Change change)
    {
        var changed = new Dictionary<string, object?>();
        foreach (var (hub, tool) in PairsOf(change))
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

    // A name of a tool may hold a point: it is no path.
    private IEnumerable<(string Hub, string Tool)> PairsOf(Change change) =>
        change.Payload.ValueKind is JsonValueKind.Object && change.Payload.TryGetProperty(Chosen, out var chosen)
            ? chosen.EnumerateObject().Select(field => ($"{Chosen}.{field.Name}", field.Name)) : pairs;

    private static bool TryRead(JsonElement from, string path, out object? value)
    {
        value = null;
        foreach (var name in path.StartsWith($"{Chosen}.", StringComparison.Ordinal) ? path.Split('.', 2) : path.Split('.'))
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
