using System.Text.Json;
using System.Text.Json.Nodes;
using Rcu.Customers;
using Rcu.Ingestion.Reading;
using Rcu.Ingestion.Reading.Json;

namespace Rcu.Ingestion.Connectors.HubSpot;

/// <summary>The objects of a page of HubSpot as rows: each names what it is, its main company and the others, and whom it was merged with.</summary>
internal static class HubSpotRows
{
    /// <param name="companies">The companies each is associated with, by its identifier.</param>
    /// <param name="archived">What was archived, not what lives.</param>
    /// <param name="since">What happened before is known; null when all is read for the first time.</param>
    public static IEnumerable<ReadRow> Of(
        HubSpotObject current, IReadOnlyList<JsonElement> results, IReadOnlyDictionary<string, List<JsonElement>> companies, bool archived, DateTimeOffset? since)
    {
        var line = 0;
        foreach (var result in results)
        {
            line++;
            var fields = Fields(current, result, companies);
            if (!archived)
            {
                yield return new ReadRow.Kept(line, fields, []);
                foreach (var gone in since is null ? [] : Merged(current, result))
                {
                    yield return new ReadRow.Gone(++line, gone);
                }
            }
            else if (!DateTimeOffset.TryParse(JsonPath.Text(result, "archivedAt"), out var at) || at >= since)
            {
                yield return new ReadRow.Gone(line, fields);
            }
        }
    }

    // They are found no more, neither alive nor archived: the one that is left names them.
    private static IEnumerable<RowFields> Merged(HubSpotObject current, JsonElement survivor)
    {
        var id = JsonPath.Text(survivor, "id");
        return (JsonPath.Text(survivor, $"properties.{HubSpotObject.Merged}") ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(merged => merged != id)
            .Select(merged => new RowFields(JsonSerializer.SerializeToElement(new JsonObject { ["record"] = current.Record, ["id"] = merged, ["merged_into"] = id })));
    }

    private static RowFields Fields(HubSpotObject current, JsonElement result, IReadOnlyDictionary<string, List<JsonElement>> companies)
    {
        var id = JsonPath.Text(result, "id") ?? "";
        var properties = JsonPath.Find(result, "properties") is { ValueKind: JsonValueKind.Object } said ? JsonObject.Create(said)! : [];
        if (companies.TryGetValue(id, out var associated))
        {
            var main = Main(current, associated);
            properties["company_id"] = main;
            properties["company_labels"] = string.Join(", ", associated.SelectMany(Types).Select(type => JsonPath.Text(type, "label")).OfType<string>().Distinct(StringComparer.Ordinal));
            if (current.Kind is RecordKind.Contact && SaidPost.Write(Posts(current, associated, main)) is { } posts)
            {
                properties[SaidPost.Field] = posts;
            }
        }

        var row = new JsonObject
        {
            ["record"] = current.Record,
            ["id"] = id,
            ["createdAt"] = JsonPath.Text(result, "createdAt"),
            ["updatedAt"] = JsonPath.Text(result, "updatedAt"),
            [current.Record] = properties,
        };
        return new RowFields(JsonSerializer.SerializeToElement(row))
        {
            IsBesides = path => path == "updatedAt" || path == $"{current.Record}.{current.Modified}" || path == $"{current.Record}.{HubSpotObject.Merged}",
        };
    }

    // The one marked as the main company, else the first.
    private static string? Main(HubSpotObject current, List<JsonElement> associated) =>
        associated.OrderByDescending(company => Types(company).Any(type => IsMain(current, type))).Select(company => JsonPath.Text(company, "toObjectId")).FirstOrDefault();

    // The main company says nothing more unless a label tells the part that is played there.
    private static IEnumerable<SaidPost> Posts(HubSpotObject current, List<JsonElement> associated, string? main) =>
        from company in associated
        group company by JsonPath.Text(company, "toObjectId") into each
        let labels = each.SelectMany(Types).Where(type => !IsMain(current, type)).Select(type => JsonPath.Text(type, "label"))
            .Where(label => !string.IsNullOrWhiteSpace(label)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList()
        where each.Key is not null && (each.Key != main || labels.Count > 0)
        select new SaidPost(each.Key, labels);

    private static bool IsMain(HubSpotObject current, JsonElement type) =>
        JsonPath.Text(type, "category") == "HUBSPOT_DEFINED" && JsonPath.Text(type, "typeId") == $"{current.PrimaryCompany}";

    private static IEnumerable<JsonElement> Types(JsonElement company) =>
        JsonPath.Find(company, "associationTypes") is { ValueKind: JsonValueKind.Array } types ? types.EnumerateArray() : [];
}
