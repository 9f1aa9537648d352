using System.Text.Json;
using System.Text.Json.Nodes;
using Rcu.Activation;
using Rcu.Activation.Connectors.Calls;

namespace Rcu.Tests.Activation.Vendors;

/// <summary>Changes as the engine tells them, of invented people and companies.</summary>
internal static class Told
{
    public static Change Person(int i, string? email = null, string? job = "Directrice", string? familyName = null)
    {
        var id = new Guid(i, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]);
        var payload = new Dictionary<string, object?>
        {
            ["id"] = id,
            ["name"] = $"Camille Durand{i}",
            ["civility"] = "Mme",
            ["given_name"] = "Camille",
            ["family_name"] = familyName ?? $"Durand{i}",
            ["email"] = email ?? $"camille.durand{i}@societe.fr",
            ["phone"] = null,
            ["mobile"] = null,
            ["job_title"] = job,
            ["department"] = null,
            ["level"] = null,
            ["account"] = new { id = new Guid(i, 8, 8, [1, 2, 3, 4, 5, 6, 7, 8]), name = $"Société {i}", siren = "552032534", postal_code = "57000", city = "Metz" },
        };
        return new Change($"msg_{id:n}", "contact.upserted", id, DateTimeOffset.UnixEpoch, JsonSerializer.SerializeToElement(payload));
    }

    public static Change[] People(int count) => [.. Enumerable.Range(1, count).Select(i => Person(i))];

    public static Change Company(int i, string? city = "Metz")
    {
        var id = new Guid(i, 8, 8, [1, 2, 3, 4, 5, 6, 7, 8]);
        return new Change($"msg_{id:n}", "account.upserted", id, DateTimeOffset.UnixEpoch, JsonSerializer.SerializeToElement(new
        {
            id,
            name = $"Société {i}",
            siren = "552032534",
            website = $"societe{i}.fr",
            phone = (string?)null,
            city,
            postal_code = "57000",
            naf = "62.01Z",
            headcount = 40,
        }));
    }

    /// <summary>The same profile, told in the fields of the tool that a person chose.</summary>
    public static Change With(this Change change, params (string Name, string? Value)[] fields)
    {
        var payload = JsonObject.Create(change.Payload)!;
        payload[FieldMap.Chosen] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Value)));
        return change with { Payload = JsonSerializer.SerializeToElement(payload) };
    }

    /// <summary>The same profile, with other words; what is known of the tool is kept.</summary>
    public static Change Now(this Change before, Change after) => after with { RemoteId = before.RemoteId, Held = before.Held };

    /// <summary>The profile leaves.</summary>
    public static Change Gone(this Change before) => before with
    {
        Type = before.Type.Replace("upserted", "removed", StringComparison.Ordinal),
        Payload = JsonSerializer.SerializeToElement(new { id = before.ProfileId }),
    };
}
