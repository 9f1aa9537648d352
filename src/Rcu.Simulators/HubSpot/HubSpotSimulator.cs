using System.Globalization;
using System.Text.Json;

namespace Rcu.Simulators.HubSpot;

/// <summary>
/// HubSpot's CRM: objects upserted by a property with unique values, a hundred at a time, some rows refused (207); one address for
/// one contact; a static list; associations. A hundred calls in ten seconds. Figures from its own client and recorded answers.
/// </summary>
public sealed class HubSpotSimulator : Simulator
{
    public const int ListId = 42;

    private const string Key = "rcu_id";

    private readonly Dictionary<string, List<string>> _properties = new()
    {
        ["contacts"] = ["email", "firstname", "lastname", "salutation", "jobtitle", "phone", "mobilephone", "company", "zip", "city", "hs_email_optout", Key],
        ["companies"] = ["name", "domain", "phone", "address", "zip", "city", "numberofemployees", "siren", Key],
    };

    private readonly HashSet<string> _members = [];
    private readonly KeyIndex<HubSpotRecord> _byEmail;
    private readonly Dictionary<string, (KeyIndex<HubSpotRecord> ByKey, KeyIndex<HubSpotRecord> ById)> _index;
    private int _last = 12_000;

    public HubSpotSimulator(TimeProvider clock)
        : base("hubspot", new RateWindow(100, TimeSpan.FromSeconds(10), clock))
    {
        _byEmail = new(Contacts, contact => contact.Properties.GetValueOrDefault("email"));
        _index = _properties.Keys.ToDictionary(
            type => type, type => (new KeyIndex<HubSpotRecord>(Of(type), r => r.Properties.GetValueOrDefault(Key)), new KeyIndex<HubSpotRecord>(Of(type), r => r.Id)));
    }

    public override string Secret => "pat-eu1-simulateur";

    public List<HubSpotRecord> Contacts { get; } = [];

    public List<HubSpotRecord> Companies { get; } = [];

    /// <summary>Who is tied to which company, and by what label; 0 for the usual tie.</summary>
    public HashSet<(string Contact, string Company, int Label)> Ties { get; } = [];

    public override IReadOnlyList<(string, IReadOnlyList<IReadOnlyDictionary<string, string?>>)> Shelves =>
        [("Contacts", [.. Contacts.Select(Shown)]), ("Entreprises", [.. Companies.Select(Shown)])];

    protected override object Memory => new Kept(_last, Contacts, Companies, [.. _members], [.. Ties]);

    protected override (string, string)[] Limits =>
    [
        ("X-HubSpot-RateLimit-Max", $"{Rate.Most}"), ("X-HubSpot-RateLimit-Remaining", $"{Rate.Remaining}"), ("X-HubSpot-RateLimit-Interval-Milliseconds", "10000"),
    ];

    public bool IsListed(HubSpotRecord record) => _members.Contains(record.Id);

    protected override void Remember(JsonElement memory)
    {
        var kept = Read<Kept>(memory);
        _last = kept.Last;
        Contacts.AddRange(kept.Contacts);
        Companies.AddRange(kept.Companies);
        _members.UnionWith(kept.Members);
        Ties.UnionWith(kept.Ties);
    }

    protected override bool LetsIn(Ask ask) => ask.Header("authorization") == $"Bearer {Secret}";

    // Reading is by POST too: what is told apart is what it changes.
    protected override bool Changes(Ask ask) => base.Changes(ask) && ask.Steps[^1] != "read";

    protected override Reply Error(int status, string? retryAfter) => status switch
    {
        401 => Refused(401, "INVALID_AUTHENTICATION", "Authentication credentials not found."),
        429 => Refused(429, "RATE_LIMITS", "You have reached your ten_secondly_rolling limit.") with { Headers = retryAfter is null ? [] : [("Retry-After", retryAfter)] },
        _ => Refused(status, "VALIDATION_ERROR", "Simulated accident"),
    };

    protected override Reply Answer(Ask ask) => (ask.Method, ask.Steps) switch
    {
        ("GET", ["crm", "v3", "properties", var type]) => new Reply(200, new { results = Known(type).Select(name => new { name, label = name, type = "string" }) }),
        ("POST", ["crm", "v3", "objects", var type, "batch", "upsert"]) => Upsert(type, ask),
        ("POST", ["crm", "v3", "objects", var type, "batch", "update"]) => Update(type, ask),
        ("POST", ["crm", "v3", "objects", var type, "batch", "read"]) => Read(type, ask),
        ("GET", ["crm", "v3", "lists", var list]) => list == $"{ListId}" ? new Reply(200, new { list = new { listId = list, name = "Référentiel", processingType = "MANUAL" } }) : NoList,
        ("PUT", ["crm", "v3", "lists", var list, "memberships", "add-and-remove"]) => list == $"{ListId}" ? Members(ask.Json) : NoList,
        ("POST", ["crm", "v4", "associations", "contacts", "companies", "batch", .. var end]) => Tie(ask, end[0] == "create"),
        _ => Refused(404, "OBJECT_NOT_FOUND", "No such door."),
    };

    private static Reply NoList => Refused(404, "OBJECT_NOT_FOUND", "List does not exist.");

    private IEnumerable<string> Known(string type) => _properties[type].Where(name => name != Faults.MissingField);

    private List<HubSpotRecord> Of(string type) => type == "contacts" ? Contacts : Companies;

    private Reply Upsert(string type, Ask ask)
    {
        var inputs = ask.Rows("inputs").ToList();
        if (inputs.Count is 0 or > 100 || inputs.Select(i => i.Text("id")).Distinct().Count() < inputs.Count)
        {
            return Refused(400, "VALIDATION_ERROR", "Invalid input JSON: between 1 and 100 inputs, each id once.");
        }

        var unknown = inputs.SelectMany(i => i.Pairs("properties")).Select(pair => pair.Name).FirstOrDefault(name => !Known(type).Contains(name));
        if (unknown is not null)
        {
            return Refused(400, "VALIDATION_ERROR", $"Property values were not valid: [{{\"isValid\":false,\"message\":\"Property \\\"{unknown}\\\" does not exist\",\"error\":\"PROPERTY_DOESNT_EXIST\",\"name\":\"{unknown}\"}}]");
        }

        var (results, errors) = (new List<object>(), new List<object>());
        foreach (var input in inputs)
        {
            var record = _index[type].ByKey.Find(input.Text("id"));
            var trace = input.Text("objectWriteTraceId");
            if (Objection(type, record, input) is { } objection)
            {
                errors.Add(new { status = "error", category = objection.Category, message = objection.Message, context = new { objectWriteTraceId = new[] { trace } } });
                continue;
            }

            var isNew = record is null;
            record ??= Add(type, input.Text("id")!);
            Write(type, record, input);
            results.Add(new { id = record.Id, @new = isNew, properties = record.Properties, objectWriteTraceId = trace });
        }

        return errors.Count == 0
            ? new Reply(200, new { status = "COMPLETE", results })
            : new Reply(207, new { status = "COMPLETE", results, numErrors = errors.Count, errors });
    }

    private (string Category, string Message)? Objection(string type, HubSpotRecord? record, JsonElement input)
    {
        var email = input.Pairs("properties").Where(pair => pair.Name == "email").Select(pair => pair.Value).FirstOrDefault();
        return type != "contacts" || email is null ? null
            : email.IndexOf('@', StringComparison.Ordinal) < 1 ? ("VALIDATION_ERROR", $"Property values were not valid: Email address {email} is invalid")
            : _byEmail.Find(email) is { } other && other != record
                ? ("CONFLICT", $"Contact already exists. Existing ID: {other.Id}")
                : null;
    }

    private Reply Update(string type, Ask ask)
    {
        foreach (var input in ask.Rows("inputs"))
        {
            if (_index[type].ById.Find(input.Text("id")) is { } record)
            {
                Write(type, record, input);
            }
        }

        return new Reply(200, new { status = "COMPLETE", results = Array.Empty<object>() });
    }

    private Reply Read(string type, Ask ask)
    {
        var wanted = ask.Rows("inputs").Select(i => i.Text("id")).ToHashSet();
        var found = wanted.Select(_index[type].ByKey.Find).OfType<HubSpotRecord>().ToList();
        return new Reply(found.Count == wanted.Count ? 200 : 207, new { status = "COMPLETE", results = found.Select(r => new { id = r.Id, properties = r.Properties }) });
    }

    private Reply Members(JsonElement said)
    {
        var (added, removed) = (said.List("recordIdsToAdd").Select(id => id.AsText!).ToList(), said.List("recordIdsToRemove").Select(id => id.AsText!).ToList());
        var known = added.FindAll(id => _index.Values.Any(index => index.ById.Find(id) is not null));
        _members.UnionWith(known);
        removed.ForEach(id => _members.Remove(id));
        return new Reply(200, new { recordsIdsAdded = known, recordIdsRemoved = removed, recordIdsMissing = added.Except(known) });
    }

    private Reply Tie(Ask ask, bool isLabelled)
    {
        foreach (var input in ask.Rows("inputs"))
        {
            var labels = isLabelled ? input.List("types").Select(type => int.Parse(type.Text("associationTypeId")!, CultureInfo.InvariantCulture)) : [0];
            foreach (var label in labels)
            {
                Ties.Add((input.GetProperty("from").Text("id")!, input.GetProperty("to").Text("id")!, label));
            }
        }

        return new Reply(200, new { status = "COMPLETE", results = Array.Empty<object>() });
    }

    protected override HookMessage? Unsubscribe(string email, DateTimeOffset at)
    {
        if (_byEmail.Find(email) is not { } contact)
        {
            return null;
        }

        contact.Properties["hs_email_optout"] = "true";
        return HookMessage.Json(new[]
        {
            new Dictionary<string, object>
            {
                ["subscriptionType"] = "contact.propertyChange", ["objectId"] = long.Parse(contact.Id, System.Globalization.CultureInfo.InvariantCulture),
                ["propertyName"] = "hs_email_optout", ["propertyValue"] = "true", ["occurredAt"] = at.ToUnixTimeMilliseconds(),
            },
        });
    }

    private void Write(string type, HubSpotRecord record, JsonElement input)
    {
        record.Write(input);
        _index[type].ByKey.Moved(record);
        if (type == "contacts")
        {
            _byEmail.Moved(record);
        }
    }

    private HubSpotRecord Add(string type, string key)
    {
        var record = new HubSpotRecord($"{++_last}");
        record.Properties[Key] = key;
        Of(type).Add(record);
        return record;
    }

    private Dictionary<string, string?> Shown(HubSpotRecord record) => new(record.Properties) { ["id"] = record.Id, ["liste"] = IsListed(record) ? $"{ListId}" : "" };

    private static Reply Refused(int status, string category, string message) => new(status, new { status = "error", message, correlationId = "simulateur", category });

    private sealed record Kept(int Last, List<HubSpotRecord> Contacts, List<HubSpotRecord> Companies, List<string> Members, List<(string Contact, string Company, int Label)> Ties);
}

/// <summary>A contact or a company in the simulated HubSpot.</summary>
public sealed class HubSpotRecord(string id)
{
    public string Id => id;

    public Dictionary<string, string?> Properties { get; init; } = [];

    internal void Write(JsonElement input)
    {
        foreach (var (name, value) in input.Pairs("properties"))
        {
            Properties[name] = value;
        }
    }
}
