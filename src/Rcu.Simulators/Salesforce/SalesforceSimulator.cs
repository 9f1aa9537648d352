using System.Globalization;
using System.Text.Json;

namespace Rcu.Simulators.Salesforce;

/// <summary>
/// A Salesforce organisation: records upserted by external id with one answer a row, Bulk 2.0 jobs, a pass by client credentials and
/// a daily quota told by 403. Bodies as recorded from the real one.
/// </summary>
public sealed class SalesforceSimulator : Simulator
{
    public const string ClientId = "3MVG9simulateur";

    private const string Pass = "00Dsimulateur";

    private static readonly Dictionary<string, string[]> Fields = new()
    {
        ["Contact"] = ["Email", "FirstName", "LastName", "Salutation", "Title", "Phone", "MobilePhone", "MailingPostalCode", "MailingCity", "RcuId__c", "RcuSegment__c"],
        ["Account"] = ["Name", "Website", "Phone", "BillingStreet", "BillingPostalCode", "BillingCity", "NumberOfEmployees", "RcuId__c", "RcuSegment__c"],
    };

    private readonly Dictionary<string, SalesforceJob> _jobs = [];
    private readonly KeyIndex<SalesforceRecord> _contacts;
    private readonly KeyIndex<SalesforceRecord> _accounts;
    private int _last = 100;

    public SalesforceSimulator(TimeProvider clock)
        : base("salesforce", new RateWindow(100_000, TimeSpan.FromDays(1), clock))
    {
        _contacts = new(Contacts, contact => contact.Fields.GetValueOrDefault("RcuId__c"));
        _accounts = new(Accounts, account => account.Fields.GetValueOrDefault("RcuId__c"));
    }

    public override string Secret => "secret-simulateur";

    public List<SalesforceRecord> Contacts { get; } = [];

    public List<SalesforceRecord> Accounts { get; } = [];

    /// <summary>How many Bulk jobs were made.</summary>
    public int Jobs => _jobs.Count;

    public override IReadOnlyList<(string, IReadOnlyList<IReadOnlyDictionary<string, string?>>)> Shelves =>
        [("Contact", [.. Contacts.Select(c => c.Shown)]), ("Account", [.. Accounts.Select(a => a.Shown)])];

    protected override object Memory => new Kept(_last, Contacts, Accounts);

    protected override (string, string)[] Limits => [("Sforce-Limit-Info", $"api-usage={Rate.Most - Rate.Remaining}/{Rate.Most}")];

    protected override bool Changes(Ask ask) => base.Changes(ask) && ask.Steps[^1] != "token";

    protected override void Remember(JsonElement memory)
    {
        var kept = Read<Kept>(memory);
        _last = kept.Last;
        Contacts.AddRange(kept.Contacts);
        Accounts.AddRange(kept.Accounts);
    }

    protected override bool LetsIn(Ask ask) => ask.Steps[^1] == "token" || ask.Header("authorization") == $"Bearer {Pass}";

    protected override Reply Error(int status, string? retryAfter) => status switch
    {
        401 => new Reply(401, new[] { new { message = "Session expired or invalid", errorCode = "INVALID_SESSION_ID" } }),
        429 => new Reply(403, new[] { new { message = "TotalRequests Limit exceeded.", errorCode = "REQUEST_LIMIT_EXCEEDED" } }),
        _ => new Reply(status, new[] { new { message = "Simulated accident", errorCode = "UNKNOWN_EXCEPTION" } }),
    };

    protected override Reply Answer(Ask ask) => (ask.Method, ask.Steps) switch
    {
        ("POST", ["services", "oauth2", "token"]) => Token(ask),
        ("PATCH", ["services", "data", _, "composite", "sobjects", var type, _]) => Upsert(type, ask),
        ("GET", ["services", "data", _, "sobjects", var type, "describe"]) => new Reply(200, new { name = type, fields = Known(type).Select(name => new { name }) }),
        ("POST", ["services", "data", _, "jobs", "ingest"]) => Open(ask),
        (_, ["services", "data", _, "jobs", "ingest", var id, .. var end]) when _jobs.TryGetValue(id, out var job) => Go(job, ask, end),
        _ => new Reply(404, new[] { new { errorCode = "NOT_FOUND", message = "The requested resource does not exist" } }),
    };

    internal IEnumerable<string> Known(string type) => Fields[type].Where(name => name != Faults.MissingField);

    // Salesforce has no such message of its own: this is what a flow with an HTTP callout posts.
    protected override HookMessage? Unsubscribe(string email, DateTimeOffset at)
    {
        if (Contacts.Find(c => string.Equals(c.Fields.GetValueOrDefault("Email"), email, StringComparison.OrdinalIgnoreCase)) is not { } contact)
        {
            return null;
        }

        contact.Fields["HasOptedOutOfEmail"] = "true";
        return HookMessage.Json(new Dictionary<string, object> { ["event"] = "unsubscribed", ["email"] = email, ["contact_id"] = contact.Id, ["at"] = at });
    }

    internal List<SalesforceRecord> Of(string type) => type == "Contact" ? Contacts : Accounts;

    /// <returns>The record, or why it is refused.</returns>
    internal (SalesforceRecord? Record, string? Code, string? Why) Write(string type, IReadOnlyDictionary<string, string?> said)
    {
        var key = said["RcuId__c"];
        var index = type == "Contact" ? _contacts : _accounts;
        var record = index.Find(key);
        var required = type == "Contact" ? "LastName" : "Name";
        if (string.IsNullOrEmpty(said.GetValueOrDefault(required) ?? (said.ContainsKey(required) ? null : record?.Fields.GetValueOrDefault(required))))
        {
            return (null, "REQUIRED_FIELD_MISSING", $"Required fields are missing: [{required}]");
        }

        if (said.GetValueOrDefault("Email") is { Length: > 0 } email && email.IndexOf('@', StringComparison.Ordinal) < 1)
        {
            return (null, "INVALID_EMAIL_ADDRESS", $"Email: invalid email address: {email}");
        }

        if (record is null)
        {
            record = new SalesforceRecord(string.Create(CultureInfo.InvariantCulture, $"{(type == "Contact" ? "003" : "001")}4S{++_last:0000000000}QAC"));
            Of(type).Add(record);
        }

        foreach (var (name, value) in said)
        {
            record.Fields[name] = value;
        }

        index.Moved(record);
        return (record, null, null);
    }

    private Reply Token(Ask ask) =>
        Faults.IsTokenRevoked || !ask.Text.Contains($"client_secret={Secret}", StringComparison.Ordinal) || !ask.Text.Contains(ClientId, StringComparison.Ordinal)
            ? new Reply(400, new { error = "invalid_grant", error_description = "user hasn't approved this consumer" })
            : new Reply(200, new { access_token = Pass, instance_url = $"http://{ask.Header("host")}/{Name}", token_type = "Bearer" });

    private Reply Upsert(string type, Ask ask)
    {
        var records = ask.Rows("records").ToList();
        if (records.Count is 0 or > 200)
        {
            return new Reply(400, new[] { new { message = "The number of records must be between 1 and 200", errorCode = "EXCEEDED_ID_LIMIT" } });
        }

        var unknown = records.SelectMany(r => r.EnumerateObject()).Select(p => p.Name).FirstOrDefault(name => name is not ("attributes" or "Account") && !Known(type).Contains(name));
        return unknown is null
            ? new Reply(200, records.Select(record => One(type, record)).ToList())
            : new Reply(400, new[] { new { message = $"No such column '{unknown}' on sobject of type {type}", errorCode = "INVALID_FIELD" } });
    }

    private object One(string type, JsonElement said)
    {
        var fields = said.EnumerateObject().Where(p => p.Name is not ("attributes" or "Account")).ToDictionary(p => p.Name, p => p.Value.AsText);
        var parent = said.TryGetProperty("Account", out var account) ? account.Text("RcuId__c") : null;
        if (parent is not null && _accounts.Find(parent) is null)
        {
            return Failed("INVALID_FIELD", $"Foreign key external ID: {parent} not found for field RcuId__c in entity Account");
        }

        var (record, code, why) = Write(type, fields);
        if (record is not null && parent is not null)
        {
            record.Fields["Account"] = parent;
        }

        return record is null ? Failed(code!, why!) : new { id = record.Id, success = true, errors = Array.Empty<object>() };
    }

    private Reply Open(Ask ask)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"7505e{++_last:000000}");
        _jobs[id] = new SalesforceJob(this, ask.Json.Text("object")!);
        return new Reply(200, new { id, state = "Open", contentUrl = $"services/data/v62.0/jobs/ingest/{id}/batches" });
    }

    private static Reply Go(SalesforceJob job, Ask ask, string[] end) => (ask.Method, end) switch
    {
        ("PUT", ["batches"]) => job.Upload(ask.Text),
        ("PATCH", []) => job.Close(),
        ("GET", []) => job.State(),
        ("GET", ["successfulResults"]) => new Reply(200, job.Taken),
        _ => new Reply(200, job.Refused),
    };

    private static object Failed(string code, string why) => new { success = false, errors = new[] { new { statusCode = code, message = why, fields = Array.Empty<string>() } } };

    private sealed record Kept(int Last, List<SalesforceRecord> Contacts, List<SalesforceRecord> Accounts);
}

/// <summary>A contact or an account in the simulated Salesforce.</summary>
public sealed class SalesforceRecord(string id)
{
    public string Id => id;

    public Dictionary<string, string?> Fields { get; init; } = [];

    internal Dictionary<string, string?> Shown => new(Fields) { ["Id"] = id };
}
