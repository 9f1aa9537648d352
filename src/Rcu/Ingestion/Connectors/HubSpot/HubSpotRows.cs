using System.Text.Json;
using System.Text.Json.Nodes;
using Rcu.Ingestion.Reading;
using Rcu.Ingestion.Reading.Json;

namespace Rcu.Ingestion.Connectors.HubSpot;

/// <summary>The objects of a page of HubSpot as rows: each names what it is, and its main company.</summary>
internal static class HubSpotRows
{
    /// <param name="companies">The companies each is associated with, by its identifier.</param>
    /// <param name="archivedSince">Null for what lives; else only what was archived since counts.</param>
    public static IEnumerable<ReadRow> Of(
        HubSpotObject current, IReadOnlyList<JsonElement> results, IReadOnlyDictionary<string, JsonElement> companies, DateTimeOffset? archivedSince)
    {
        var line = 0;
        foreach (var result in results)
        {
            line++;
            var fields = Fields(current, result, companies);
            if (archivedSince is null)
            {
                yield return new ReadRow.Kept(line, fields, []);
            }
            else if (!DateTimeOffset.TryParse(JsonPath.Text(result, "archivedAt"), out var at) || at >= archivedSince)
            {
                yield return new ReadRow.Gone(line, fields);
            }
        }
    }

    private static RowFields Fields(HubSpotObject current, JsonElement result, IReadOnlyDictionary<string, JsonElement> companies)
    {
        var id = JsonPath.Text(result, "id") ?? "";
        var properties = JsonPath.Find(result, "properties") is { ValueKind: JsonValueKind.Object } said ? JsonObject.Create(said)! : [];
        if (companies.TryGetValue(id, out var associated))
        {
            properties["company_id"] = Main(current, associated);
            properties["company_labels"] = string.Join(", ", Types(associated).Select(type => JsonPath.Text(type, "label")).OfType<string>().Distinct(StringComparer.Ordinal));
        }

        var row = new JsonObject
        {
            ["record"] = current.Record,
            ["id"] = id,
            ["createdAt"] = JsonPath.Text(result, "createdAt"),
            ["updatedAt"] = JsonPath.Text(result, "updatedAt"),
            [current.Record] = properties,
        };
        return new RowFields(JsonSerializer.SerializeToElement(row)) { IsBesides = path => path == "updatedAt" || path == $"{current.Record}.{current.Modified}" };
    }

    // The one marked as the main company, else the first.
    private static string? Main(HubSpotObject current, JsonElement associated) =>
        associated.EnumerateArray()
            .OrderByDescending(company => Types(JsonSerializer.SerializeToElement(new[] { company })).Any(type =>
                JsonPath.Text(type, "category") == "HUBSPOT_DEFINED" && JsonPath.Text(type, "typeId") == $"{current.PrimaryCompany}"))
            .Select(company => JsonPath.Text(company, "toObjectId")).FirstOrDefault();

    private static IEnumerable<JsonElement> Types(JsonElement associated) => associated.EnumerateArray()
        .SelectMany(company => JsonPath.Find(company, "associationTypes") is { ValueKind: JsonValueKind.Array } types ? (IEnumerable<JsonElement>)types.EnumerateArray() : []);
}
