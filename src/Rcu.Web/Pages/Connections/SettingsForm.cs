using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rcu.Web.Pages.Connections;

/// <summary>
/// The form of a connector, made from the settings it declares: one field for each of them, in their order, with the value they
/// usually have. A setting is declared once, in its record; its words are <c>setting.kind.name</c> or <c>setting.name</c>.
/// </summary>
internal static class SettingsForm
{
    private const string Prefix = "settings.";

    /// <param name="values">What is set; null for what is usual.</param>
    public static IReadOnlyList<SettingField> Fields(Type settings, JsonElement? values) =>
        [.. Parameters(settings).Select(parameter => Field(parameter, values))];

    /// <summary>What a person gave, as the connector reads it; what was left empty is left out.</summary>
    public static JsonElement Read(Type settings, IFormCollection form)
    {
        var read = new JsonObject();
        foreach (var parameter in Parameters(settings))
        {
            var (name, text) = (NameOf(parameter), form[Prefix + NameOf(parameter)].ToString().Trim());
            JsonNode? value = parameter.ParameterType switch
            {
                var type when type == typeof(bool) => text is "true" or "on",
                _ when text.Length == 0 => null,
                var type when type == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text,
                var type when type == typeof(IReadOnlyList<string>) => new JsonArray(
                    [.. text.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => JsonValue.Create(part))]),
                _ => text,
            };
            if (value is not null)
            {
                read[name] = value;
            }
        }

        return JsonSerializer.SerializeToElement(read);
    }

    private static ParameterInfo[] Parameters(Type settings) => settings.GetConstructors().MaxBy(made => made.GetParameters().Length)!.GetParameters();

    private static string NameOf(ParameterInfo parameter) => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);

    private static SettingField Field(ParameterInfo parameter, JsonElement? values)
    {
        var (name, type) = (NameOf(parameter), parameter.ParameterType);
        var usual = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        var value = values is { ValueKind: JsonValueKind.Object } set && set.TryGetProperty(name, out var said) ? Text(said)
            : usual is Enum or int or string ? type.IsEnum ? Enum.GetName(type, usual)! : Convert.ToString(usual, CultureInfo.InvariantCulture)!
            : usual is true && values is null ? "true" : "";
        var shape = type == typeof(bool) ? SettingShape.Tick : type == typeof(int) ? SettingShape.Number : type.IsEnum ? SettingShape.Choice
            : name is "query" ? SettingShape.Long : name.EndsWith("url", StringComparison.OrdinalIgnoreCase) ? SettingShape.Address : SettingShape.Text;
        return new SettingField(name, Prefix + name, shape, value, type.IsEnum ? Enum.GetNames(type) : [], !parameter.HasDefaultValue);
    }

    private static string Text(JsonElement said) => said.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", said.EnumerateArray().Select(Text)),
        JsonValueKind.String => said.GetString()!,
        JsonValueKind.Null => "",
        JsonValueKind.True => "true",
        JsonValueKind.False => "",
        _ => said.GetRawText(),
    };
}

/// <summary>One setting as a field of a form.</summary>
internal sealed record SettingField(string Name, string Input, SettingShape Shape, string Value, IReadOnlyList<string> Choices, bool IsRequired);

internal enum SettingShape
{
    Text,
    Long,
    Address,
    Number,
    Tick,
    Choice,
}
