using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Rcu.Web.Api;

/// <summary>Reads the JSON a program sends: bounded, and without a field nobody knows.</summary>
internal static class ApiBody
{
    public const int MostBytes = 1_000_000;

    /// <summary>Exactly one of the two is null.</summary>
    public static async Task<(T? Value, ProblemHttpResult? Refusal)> ReadAsync<T>(
        this HttpRequest request, IStringLocalizer<Texts> texts, CancellationToken ct)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return (null, ApiProblem.Of(texts, StatusCodes.Status415UnsupportedMediaType, "request.not_json"));
        }

        var json = request.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            if (await ReadBytesAsync(request, ct) is not { } bytes)
            {
                return (null, ApiProblem.Of(texts, StatusCodes.Status413PayloadTooLarge, "request.too_large", null, MostBytes));
            }

            using var document = JsonDocument.Parse(bytes);
            var unknown = Unknown(document.RootElement, json.GetTypeInfo(typeof(T)), "", json).Take(50).Distinct().ToDictionary(
                path => path, _ => new[] { texts["request.unknown_field"].Value });
            var hollow = Hollow(document.RootElement, json.GetTypeInfo(typeof(T)), "", json).Take(50).DistinctBy(one => one.Path)
                .ToDictionary(one => one.Path, one => new[] { texts[one.Why].Value });
            return unknown.Count > 0
                ? (null, ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.unknown_fields", unknown, string.Join(", ", unknown.Keys)))
                : hollow.Count > 0 ? (null, ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.unreadable", hollow))
                : document.RootElement.Deserialize<T>(json) is { } value
                    ? (value, null)
                    : (null, ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.unreadable"));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or NotSupportedException)
        {
            var path = (wrong as JsonException)?.Path?.TrimStart('$', '.');
            var errors = string.IsNullOrEmpty(path) ? null : new Dictionary<string, string[]> { [path] = [texts["request.unreadable"]] };
            return (null, ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.unreadable", errors));
        }
    }

    /// <summary>Null when it is longer than what is taken.</summary>
    public static async Task<byte[]?> ReadBytesAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MostBytes)
        {
            return null;
        }

        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, ct)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MostBytes)
            {
                return null;
            }
        }

        return body.ToArray();
    }

    // What the calls behind count on: a list and an object are there, no list holds nothing, and no text holds what no table keeps.
    private static IEnumerable<(string Path, string Why)> Hollow(JsonElement element, JsonTypeInfo type, string path, JsonSerializerOptions json)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return element.GetString()!.Contains('\0', StringComparison.Ordinal) ? [(path, "request.nul")] : [];
            case JsonValueKind.Array:
                return element.EnumerateArray().SelectMany((one, i) => one.ValueKind is JsonValueKind.Null && type.ElementType?.IsValueType is not true
                    ? [($"{path}[{i}]", "request.missing")]
                    : Hollow(one, type.ElementType is { } item ? json.GetTypeInfo(item) : type, $"{path}[{i}]", json));
            case JsonValueKind.Object:
                var meant = type.Kind is JsonTypeInfoKind.Object ? Meant(element, type, json) : null;
                var known = meant?.Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null).ToList() ?? [];
                return known.Where(p => IsNeeded(p) && (!Find(element, p.Name, out var said) || said.ValueKind is JsonValueKind.Null))
                    .Select(p => (Under(path, p.Name), "request.missing"))
                    .Concat(element.EnumerateObject().SelectMany(field => Hollow(
                        field.Value,
                        known.Find(p => p.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase)) is { } property ? json.GetTypeInfo(property.PropertyType) : type,
                        Under(path, field.Name),
                        json)));
            default:
                return [];
        }
    }

    // A text that is missing is the business of the rules of each call, which say more.
    private static bool IsNeeded(JsonPropertyInfo property) =>
        property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false }
        && (property.PropertyType == typeof(JsonElement) || (!property.PropertyType.IsValueType && property.PropertyType != typeof(string)));

    private static bool Find(JsonElement element, string name, out JsonElement value)
    {
        value = element.EnumerateObject().FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        return value.ValueKind is not JsonValueKind.Undefined;
    }

    private static string Under(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    // Of the kinds that a value may be of, the one it says it is; null when it says none.
    private static JsonTypeInfo? Meant(JsonElement element, JsonTypeInfo type, JsonSerializerOptions json)
    {
        if (type.PolymorphismOptions is not { TypeDiscriminatorPropertyName: var marker } kinds)
        {
            return type;
        }

        var said = element.TryGetProperty(marker, out var kind) && kind.ValueKind is JsonValueKind.String ? kind.GetString() : null;
        return kinds.DerivedTypes.FirstOrDefault(derived => derived.TypeDiscriminator as string == said) is { DerivedType: { } actual } ? json.GetTypeInfo(actual) : null;
    }

    private static IEnumerable<string> Unknown(JsonElement element, JsonTypeInfo type, string path, JsonSerializerOptions json)
    {
        if (type.Kind is JsonTypeInfoKind.Enumerable && element.ValueKind is JsonValueKind.Array && type.ElementType is { } item)
        {
            return element.EnumerateArray().SelectMany((one, i) => Unknown(one, json.GetTypeInfo(item), $"{path}[{i}]", json));
        }

        if (type.Kind is not JsonTypeInfoKind.Object || element.ValueKind is not JsonValueKind.Object || typeof(IDictionary).IsAssignableFrom(type.Type))
        {
            return [];
        }

        if (Meant(element, type, json) is not { } meant)
        {
            return [];
        }

        var marker = type.PolymorphismOptions?.TypeDiscriminatorPropertyName;
        var known = meant.Properties.Where(p => p.Set is not null).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        return element.EnumerateObject().SelectMany(field =>
        {
            var name = Under(path, field.Name);
            return known.TryGetValue(field.Name, out var property) ? Unknown(field.Value, json.GetTypeInfo(property.PropertyType), name, json)
                : field.Name == marker ? [] : [name];
        });
    }
}
