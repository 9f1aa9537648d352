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
            return unknown.Count > 0
                ? (null, ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.unknown_fields", unknown, string.Join(", ", unknown.Keys)))
                : document.RootElement.Deserialize<T>(json) is { } value
                    ? (value, null)
                    : (null, ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.unreadable"));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
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

        var marker = type.PolymorphismOptions?.TypeDiscriminatorPropertyName;
        if (marker is not null)
        {
            var said = element.TryGetProperty(marker, out var kind) && kind.ValueKind is JsonValueKind.String ? kind.GetString() : null;
            if (type.PolymorphismOptions!.DerivedTypes.FirstOrDefault(derived => derived.TypeDiscriminator as string == said) is not { DerivedType: { } actual })
            {
                return [];
            }

            type = json.GetTypeInfo(actual);
        }

        var known = type.Properties.Where(p => p.Set is not null).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        return element.EnumerateObject().SelectMany(field =>
        {
            var name = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            return known.TryGetValue(field.Name, out var property) ? Unknown(field.Value, json.GetTypeInfo(property.PropertyType), name, json)
                : field.Name == marker ? [] : [name];
        });
    }
}
