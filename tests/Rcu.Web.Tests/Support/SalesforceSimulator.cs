using System.Globalization;
using System.Text.RegularExpressions;

namespace Rcu.Web.Tests.Support;

/// <summary>
/// A simulator of the Salesforce REST API, built from recorded answers (query, describe, errors as lists of errorCode) and the public
/// reference of queryAll, query locators and the client credentials flow. It is no Salesforce: it understands the queries the hub
/// makes and refuses any other, gives two hundred records a batch, and knows a query's rest until it is told to forget it.
/// </summary>
internal sealed partial class SalesforceSimulator : IAsyncDisposable
{
    public const string Secret = "simulator-secret";

    private const int Batch = 200;

    private readonly Dictionary<string, List<SalesforceThing>> _things = new() { ["Account"] = [], ["Contact"] = [], ["Opportunity"] = [], ["AccountContactRelation"] = [] };
    private readonly Dictionary<string, (string Name, List<string> Fields, List<SalesforceThing> Left)> _locators = [];
    private int _passes;

    public FakeApi Api { get; private set; } = null!;

    public DateTimeOffset Now { get; set; } = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The fields each object has.</summary>
    public Dictionary<string, List<string>> Fields { get; } = new()
    {
        ["Account"] =
        [
            "Id", "IsDeleted", "SystemModstamp", "CreatedDate", "Name", "Phone", "Website", "BillingStreet", "BillingPostalCode", "BillingCity", "BillingCountry",
            "NumberOfEmployees", "Type", "Siret__c",
        ],
        ["Contact"] =
        [
            "Id", "IsDeleted", "SystemModstamp", "CreatedDate", "AccountId", "Salutation", "FirstName", "LastName", "Email", "Phone", "MobilePhone", "Title",
            "MailingPostalCode", "MailingCity", "MailingCountry", "HasOptedOutOfEmail",
        ],
        ["Opportunity"] = ["Id", "IsDeleted", "SystemModstamp", "CreatedDate", "AccountId", "Name", "StageName", "Amount", "CloseDate"],
    };

    /// <summary>The organisation ties its contacts to several accounts, and lets them be read.</summary>
    public void OpenRelations() => Fields["AccountContactRelation"] =
        ["Id", "IsDeleted", "SystemModstamp", "AccountId", "ContactId", "Roles", "IsActive", "IsDirect", "StartDate", "EndDate"];

    /// <summary>How many of its passes it has taken back.</summary>
    public int PassesTakenBack { get; set; }

    public static async Task<SalesforceSimulator> StartAsync()
    {
        var simulator = new SalesforceSimulator();
        simulator.Api = await FakeApi.StartAsync(simulator.Answer);
        return simulator;
    }

    /// <summary>Writes a record now, under its identifier.</summary>
    public void Write(string name, string id, params (string Field, object Value)[] fields)
    {
        var thing = _things[name].Find(t => t.Id == id);
        if (thing is null)
        {
            _things[name].Add(thing = new SalesforceThing(id));
        }

        foreach (var (field, value) in fields)
        {
            thing.Fields[field] = value;
        }

        thing.Modified = Now;
    }

    public void Delete(string name, string id)
    {
        var thing = _things[name].Single(t => t.Id == id);
        (thing.IsDeleted, thing.Modified) = (true, Now);
    }

    /// <summary>The rests of queries are kept no more.</summary>
    public void ForgetLocators() => _locators.Clear();

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    private FakeAnswer Answer(FakeAsk ask)
    {
        if (ask.Path == "/services/oauth2/token")
        {
            return ask.Body.Contains("grant_type=client_credentials", StringComparison.Ordinal) && ask.Body.Contains($"client_secret={Secret}", StringComparison.Ordinal)
                ? new FakeAnswer(200, new { access_token = $"00D-{++_passes}", instance_url = Api.Url, token_type = "Bearer" })
                : new FakeAnswer(400, new { error = "invalid_client", error_description = "invalid client credentials" });
        }

        if (!int.TryParse(ask.Header("authorization")?.Replace("Bearer 00D-", "", StringComparison.Ordinal), out var pass) || pass <= PassesTakenBack)
        {
            return Error(401, "INVALID_SESSION_ID", "Session expired or invalid");
        }

        return ask.Path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["services", "data", "v62.0", "sobjects", var name, "describe"] when Fields.ContainsKey(name) => new FakeAnswer(200, new { name, fields = Fields[name].Select(f => new { name = f, type = "string" }) }),
            ["services", "data", "v62.0", "queryAll"] => Query(ask.Query["q"]),
            ["services", "data", "v62.0", "query", var locator] when _locators.Remove(locator, out var known) => Records(known.Name, known.Fields, known.Left),
            ["services", "data", "v62.0", "query", _] => Error(404, "INVALID_QUERY_LOCATOR", "invalid query locator"),
            _ => Error(404, "NOT_FOUND", "The requested resource does not exist"),
        };
    }

    private FakeAnswer Query(string soql)
    {
        var related = Related().Match(soql);
        var query = Soql().Match(related.Success ? soql.Replace(related.Value, "", StringComparison.Ordinal) : soql);
        if (!query.Success)
        {
            return Error(400, "MALFORMED_QUERY", soql);
        }

        var (name, fields) = (query.Groups["name"].Value, query.Groups["fields"].Value.Split(", ").ToList());
        if (fields.Find(field => !Fields[name].Contains(field)) is { } missing)
        {
            return Error(400, "INVALID_FIELD", $"No such column '{missing}' on entity '{name}'.");
        }

        DateTimeOffset? Instant(string group) => query.Groups[group].Success ? DateTimeOffset.Parse(query.Groups[group].Value, CultureInfo.InvariantCulture) : null;
        var (since, at, id) = (Instant("since"), Instant("at"), query.Groups["id"].Value);
        if (query.Groups["ids"] is { Success: true } ids)
        {
            return Records(name, Asked(fields, related), [.. _things[name].Where(t => ids.Value.Contains($"'{t.Id}'", StringComparison.Ordinal))]);
        }

        var found = _things[name]
            .Where(t => since is null ? !t.IsDeleted : t.Modified >= since)
            .Where(t => at is null || t.Modified > at || (t.Modified == at && string.CompareOrdinal(t.Id, id) > 0))
            .OrderBy(t => t.Modified).ThenBy(t => t.Id, StringComparer.Ordinal).ToList();
        return Records(name, Asked(fields, related), found);
    }

    private static List<string> Asked(List<string> fields, Match related) => related.Success ? [.. fields, "AccountContactRelations"] : fields;

    private object? Say(string name, SalesforceThing thing, string field) => (name, field) is not ("Contact", "AccountContactRelations") ? thing.Say(field)
        : _things["AccountContactRelation"].Where(r => !r.IsDeleted && Equals(r.Say("ContactId"), thing.Id)).ToList() is not { Count: > 0 } relations ? null
        : new { totalSize = relations.Count, done = true, records = relations.Select(r => Fields["AccountContactRelation"].ToDictionary(f => f, r.Say)) };

    private FakeAnswer Records(string name, List<string> fields, List<SalesforceThing> found)
    {
        string? locator = null;
        if (found.Count > Batch)
        {
            locator = $"01g{Guid.CreateVersion7():n}-{Batch}";
            _locators[locator] = (name, fields, [.. found.Skip(Batch)]);
        }

        return new FakeAnswer(200, new
        {
            totalSize = found.Count,
            done = locator is null,
            nextRecordsUrl = locator is null ? null : $"/services/data/v62.0/query/{locator}",
            records = found.Take(Batch).Select(thing => fields.ToDictionary(field => field, field => Say(name, thing, field)).Append(
                new("attributes", new { type = name, url = $"/services/data/v62.0/sobjects/{name}/{thing.Id}" })).ToDictionary()),
        });
    }

    private static FakeAnswer Error(int status, string errorCode, string message) => new(status, new[] { new { message, errorCode } });

    [GeneratedRegex(
        "^SELECT (?<fields>[A-Za-z_, ]+) FROM (?<name>[A-Za-z]+) WHERE (Id IN \\((?<ids>[A-Za-z0-9', ]+)\\)|IsDeleted = false|SystemModstamp >= (?<since>[0-9TZ:.-]+))"
        + @"( AND \(SystemModstamp > (?<at>[0-9TZ:.-]+) OR \(SystemModstamp = \k<at> AND Id > '(?<id>\w+)'\)\))?( ORDER BY SystemModstamp, Id)?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Soql();

    [GeneratedRegex(@", \(SELECT [A-Za-z, ]+ FROM AccountContactRelations\)")]
    private static partial Regex Related();
}

/// <summary>A record of the simulated organisation.</summary>
internal sealed class SalesforceThing(string id)
{
    public string Id { get; } = id;

    public bool IsDeleted { get; set; }

    public DateTimeOffset Modified { get; set; }

    public Dictionary<string, object> Fields { get; } = [];

    public object? Say(string field) => field switch
    {
        "Id" => Id,
        "IsDeleted" => IsDeleted,
        "SystemModstamp" or "CreatedDate" => Modified.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff+0000", CultureInfo.InvariantCulture),
        _ => Fields.GetValueOrDefault(field),
    };
}
