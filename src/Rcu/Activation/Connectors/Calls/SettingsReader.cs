using System.Text.Json;

namespace Rcu.Activation.Connectors.Calls;

/// <summary>Settings as they are kept, read as the record of a connector.</summary>
public static class SettingsReader
{
    /// <summary>Null when they cannot be read as that record.</summary>
    public static T? Read<T>(JsonElement settings)
        where T : class
    {
        try
        {
            return settings.ValueKind is JsonValueKind.Object ? settings.Deserialize<T>(JsonSerializerOptions.Web) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
