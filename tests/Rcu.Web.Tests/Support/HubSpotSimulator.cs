using System.Globalization;
using System.Text.Json;

namespace Rcu.Web.Tests.Support;

/// <summary>
/// A simulator of the HubSpot API, built from the types of HubSpot's own client (search, forward paging, errors), recorded answers
/// (429 and its category) and the public reference of the associations v4 batch read. It is no HubSpot: its search gives at most ten
/// thousand results, its lists are paged by <c>after</c>, and a token other than its own is refused.
/// </summary>
internal sealed class HubSpotSimulator : IAsyncDisposable
{
    public const string Token = "pat-eu1-simulator";

    private const int SearchBound = 10_000;

    // Hundreds over there.
    private const int Associated = 3;

    private readonly Dictionary<string, List<HubSpotThing>> _things = new() { ["companies"] = [], ["contacts"] = [], ["deals"] = [] };

    public FakeApi Api { get; private set; } = null!;

    /// <summary>What time it is over there; each answer says it.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The properties each object has.</summary>
    public Dictionary<string, List<string>> Properties { get; } = new()
    {
        ["companies"] = ["name", "domain", "phone", "address", "address2", "zip", "city", "country", "numberofemployees", "createdate", "hs_lastmodifieddate", "hs_merged_object_ids", "siret"],
        ["contacts"] =
        [
            "firstname", "lastname", "email", "phone", "mobilephone", "jobtitle", "company", "zip", "city", "country", "hs_email_optout", "createdate", "lastmodifieddate",
        ],
        ["deals"] = ["dealname", "dealstage", "amount", "closedate", "deal_currency_code", "hs_lastmodifieddate"],
    };

    public static async Task<HubSpotSimulator> StartAsync()
    {
        var simulator = new HubSpotSimulator();
        simulator.Api = await FakeApi.StartAsync(simulator.Answer);
        return simulator;
    }

    /// <summary>Writes an object now, under its identifier.</summary>
    public HubSpotThing Write(string path, long id, params (string Name, string Value)[] properties)
    {
        var thing = _things[path].Find(t => t.Id == id);
        if (thing is null)
        {
            _things[path].Add(thing = new HubSpotThing(id, Now));
        }

        foreach (var (name, value) in properties)
        {
            thing.Properties[name] = value;
        }

        thing.Modified = Now;
        return thing;
    }

    public void Archive(string path, long id) => _things[path].Single(t => t.Id == id).ArchivedAt = Now;

    /// <summary>It was merged into another: found no more, neither alive nor archived.</summary>
    public void Forget(string path, long id) => _things[path].RemoveAll(t => t.Id == id);

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    private FakeAnswer Answer(FakeAsk ask)
    {
        var date = ("Date", Now.ToString("R", CultureInfo.InvariantCulture));
        var steps = ask.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return ask.Header("authorization") != $"Bearer {Token}"
            ? new FakeAnswer(401, new { status = "error", message = "Authentication credentials not found.", category = "INVALID_AUTHENTICATION" }, date)
            : steps switch
            {
                ["crm", "v3", "properties", var path] => new FakeAnswer(200, new { results = Properties[path].Select(name => new { name, label = name, type = "string" }) }, date),
                ["crm", "v3", "objects", var path, "search"] => Search(path, ask.Json, date),
                ["crm", "v3", "objects", var path] => List(path, ask.Query, date),
                ["crm", "v4", "associations", var path, "companies", "batch", "read"] => Associations(path, ask.Json, date),
                _ => new FakeAnswer(404, new { status = "error", message = "No such thing.", category = "OBJECT_NOT_FOUND" }, date),
            };
    }

    private FakeAnswer List(string path, IReadOnlyDictionary<string, string> query, (string, string) date)
    {
        var archived = query.GetValueOrDefault("archived") == "true";
        var after = long.Parse(query.GetValueOrDefault("after") ?? "0", CultureInfo.InvariantCulture);
        var limit = int.Parse(query["limit"], CultureInfo.InvariantCulture);
        var found = _things[path].Where(t => t.ArchivedAt is not null == archived && t.Id > after).OrderBy(t => t.Id).Take(limit + 1).ToList();
        return Page(path, found, limit, found.Count > limit ? $"{found[limit - 1].Id}" : null, (query.GetValueOrDefault("properties") ?? "").Split(','), date);
    }

    private FakeAnswer Search(string path, JsonElement body, (string, string) date)
    {
        var filters = body.GetProperty("filterGroups")[0].GetProperty("filters").EnumerateArray().ToList();
        var modified = path == "contacts" ? "lastmodifieddate" : "hs_lastmodifieddate";
        var (from, limit) = (body.TryGetProperty("after", out var after) ? int.Parse(after.GetString()!, CultureInfo.InvariantCulture) : 0, body.GetProperty("limit").GetInt32());
        if (from + limit > SearchBound)
        {
            return new FakeAnswer(400, new { status = "error", message = "There was a problem with the request.", category = "VALIDATION_ERROR" }, date);
        }

        var all = _things[path].Where(thing => thing.ArchivedAt is null && filters.TrueForAll(filter => Holds(thing, filter, modified))).OrderBy(t => t.Id).ToList();
        return Page(
            path, all.Skip(from).Take(limit + 1).ToList(), limit, from + limit < all.Count ? $"{from + limit}" : null,
            [.. body.GetProperty("properties").EnumerateArray().Select(p => p.GetString()!)], date);
    }

    private static bool Holds(HubSpotThing thing, JsonElement filter, string modified)
    {
        var value = long.Parse(filter.GetProperty("value").GetString()!, CultureInfo.InvariantCulture);
        return (filter.GetProperty("propertyName").GetString(), filter.GetProperty("operator").GetString()) switch
        {
            ("hs_object_id", "GT") => thing.Id > value,
            (var name, "GTE") when name == modified => thing.Modified.ToUnixTimeMilliseconds() >= value,
            _ => throw new InvalidOperationException($"{filter}"),
        };
    }

    private FakeAnswer Page(string path, List<HubSpotThing> found, int limit, string? after, string[] wanted, (string, string) date) => new(
        200,
        new
        {
            total = found.Count,
            results = found.Take(limit).Select(thing => new
            {
                id = $"{thing.Id}",
                properties = Properties[path].Where(wanted.Contains).ToDictionary(name => name, thing.Properties.GetValueOrDefault),
                createdAt = thing.Created,
                updatedAt = thing.Modified,
                archived = thing.ArchivedAt is not null,
                archivedAt = thing.ArchivedAt,
            }),
            paging = after is null ? null : new { next = new { after } },
        },
        date);

    private FakeAnswer Associations(string path, JsonElement body, (string, string) date)
    {
        var asked = body.GetProperty("inputs").EnumerateArray().ToDictionary(
            i => i.GetProperty("id").GetString()!, i => i.TryGetProperty("after", out var after) ? int.Parse(after.GetString()!, CultureInfo.InvariantCulture) : 0);
        var found = _things[path].Where(t => asked.ContainsKey($"{t.Id}")).ToList();
        return new FakeAnswer(
            found.TrueForAll(t => t.Companies.Count > 0) ? 200 : 207,
            new
            {
                status = "COMPLETE",
                results = found.Where(t => t.Companies.Count > 0).Select(t => new
                {
                    from = new { id = $"{t.Id}" },
                    to = t.Companies.Skip(asked[$"{t.Id}"]).Take(Associated).Select(c => new { toObjectId = c.Id, associationTypes = new[] { new { category = "HUBSPOT_DEFINED", typeId = c.Type, label = c.Label } } }),
                    paging = asked[$"{t.Id}"] + Associated < t.Companies.Count ? new { next = new { after = $"{asked[$"{t.Id}"] + Associated}" } } : null,
                }),
            },
            date);
    }
}

/// <summary>An object of the simulated account.</summary>
internal sealed class HubSpotThing(long id, DateTimeOffset created)
{
    public long Id { get; } = id;

    public DateTimeOffset Created { get; } = created;

    public DateTimeOffset Modified { get; set; } = created;

    public DateTimeOffset? ArchivedAt { get; set; }

    public Dictionary<string, string> Properties { get; } = [];

    public List<(long Id, int Type, string? Label)> Companies { get; } = [];
}
