using System.Text.Json;

namespace Rcu.Simulators.Brevo;

/// <summary>A person in the simulated Brevo.</summary>
public sealed class BrevoContact(int id)
{
    public int Id => id;

    public required string Email { get; set; }

    public string? ExtId { get; set; }

    public bool InList { get; set; }

    /// <summary>Unsubscribed from every e-mail.</summary>
    public bool IsBlacklisted { get; set; }

    public Dictionary<string, string?> Attributes { get; init; } = [];

    /// <summary>How many times something was written on it.</summary>
    public int Writes { get; set; }

    internal object Body => new { id, email = Email, emailBlacklisted = IsBlacklisted, listIds = InList ? new[] { BrevoSimulator.ListId } : [], ext_id = ExtId, attributes = Attributes };

    internal Dictionary<string, string?> Shown => new(Attributes)
    {
        ["id"] = $"{id}",
        ["EMAIL"] = Email,
        ["liste"] = InList ? $"#{BrevoSimulator.ListId}" : "",
        ["désabonné"] = IsBlacklisted ? "oui" : "",
    };
}

/// <summary>A company in the simulated Brevo.</summary>
public sealed class BrevoCompany(string id)
{
    public string Id => id;

    public string? Name { get; set; }

    public Dictionary<string, string?> Attributes { get; init; } = [];

    internal static Reply Create(List<BrevoCompany> all, JsonElement said, string id)
    {
        if (string.IsNullOrEmpty(said.Text("name")))
        {
            return new Reply(400, new { code = "missing_parameter", message = "name is missing" });
        }

        var made = new BrevoCompany(id);
        all.Add(made);
        made.Update(said);
        return new Reply(200, new { id });
    }

    // {"attributes.rcu_id":"…"}
    internal static Reply Search(List<BrevoCompany> all, string filters)
    {
        var wanted = filters.Length == 0 ? [] : JsonElement.Parse(filters).EnumerateObject().Select(pair => (Name: pair.Name.Split('.')[^1], Value: pair.Value.AsText)).ToList();
        return new Reply(200, new { items = all.Where(c => wanted.TrueForAll(w => c.Attributes.GetValueOrDefault(w.Name) == w.Value)).Select(c => new { id = c.Id, attributes = c.Attributes }) });
    }

    internal Reply Update(JsonElement said)
    {
        Name = said.Text("name") ?? Name;
        foreach (var (name, value) in said.Pairs("attributes"))
        {
            Attributes[name] = value;
        }

        return new Reply(204);
    }
}
