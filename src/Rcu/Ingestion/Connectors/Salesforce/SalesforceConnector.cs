using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using Rcu.Ingestion.Connectors.Calls;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Reading;
using Rcu.Ingestion.Reading.Json;

namespace Rcu.Ingestion.Connectors.Salesforce;

/// <summary>
/// Reads the accounts, contacts and opportunities of a Salesforce organisation, in the order in which they were changed: all of them
/// once, then what changed since, what went to the bin included.
/// </summary>
public sealed class SalesforceConnector(ApiCaller calls, ApiTokens tokens, IValidator<SalesforceSettings> validator, TimeProvider clock) : ISourceConnector, IKnownSource
{
    private static readonly TimeSpan SchemaLife = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Guid, (DateTimeOffset Until, IReadOnlyList<string> Columns)> _schemas = new();

    public string Kind => "salesforce";

    public Type Settings => typeof(SalesforceSettings);

    public Error? Refusal(JsonElement settings, bool hasSecret) =>
        SalesforceSettings.Read(settings) is not { } read ? SourceErrors.BadSettings("l’adresse de l’organisation et la clé de l’application sont nécessaires.")
        : validator.Validate(read) is { IsValid: false } wrong ? SourceErrors.BadSettings(wrong.Errors[0].ErrorMessage)
        : !calls.Allows(new Uri(read.LoginUrl)) ? SourceErrors.BadSettings("l’adresse doit être publique, et en https.")
        : !hasSecret ? SourceErrors.BadSettings("le secret de l’application connectée manque.")
        : null;

    IReadOnlyList<KnownFeed> IKnownSource.Feeds(string source, JsonElement settings) =>
        [.. SalesforceObject.Mapped.Select(each => each.Feed(source, SalesforceSettings.Read(settings)!))];

    public async Task<Result<string>> TestAsync(SourceAccess access, CancellationToken ct)
    {
        if (Refusal(access.Settings, access.Secret is not null) is { } refusal)
        {
            return refusal;
        }

        var door = Door(access);
        var (columns, failed) = await ColumnsAsync(access, door, afresh: true, ct);
        if (failed is not null)
        {
            return failed.Refusal!;
        }

        var lacking = access.Feeds.SelectMany(feed => feed.Columns.SelectMany(c => c.Columns)).Except(columns!).ToList();
        return $"Comptes, contacts et opportunités sont lisibles ; {columns!.Count} champs."
            + (SalesforceRelations.AreRead(columns) ? "" : $" {SalesforceRelations.NotRead}")
            + (lacking.Count == 0 ? "" : $" Attention, la correspondance attend ce qui n’existe pas ou n’est pas permis : {string.Join(", ", lacking)}.");
    }

    public async Task<PullAnswer> ReadAsync(SourceAccess access, string? cursor, CancellationToken ct)
    {
        if (Refusal(access.Settings, access.Secret is not null) is { } refusal)
        {
            return new PullAnswer.Refused($"{refusal.Values[0]}");
        }

        var (at, door) = (SalesforceCursor.Of(cursor), Door(access));
        var (columns, unknown) = await ColumnsAsync(access, door, at.IsStart, ct);
        if (unknown is not null)
        {
            return unknown.Failure!;
        }

        var current = SalesforceObject.All[at.Object];
        if (current == SalesforceRelations.Object && !SalesforceRelations.AreRead(columns!))
        {
            var passed = at.Step(current, TimeSpan.Zero);
            return new PullAnswer.Page([], passed.ToText(), !passed.IsStart, columns);
        }

        DateTimeOffset? since = at.Since.TryGetValue(current.Name, out var from) ? from : null;
        var answer = at.Next is null ? null : await door.GetAsync(at.Next, ct);
        if (answer is null || SalesforceDoor.IsGone(answer))
        {
            var query = current.Query(access.Feeds, columns!, since, at.Last);
            answer = await door.GetAsync($"{door.Root}/queryAll?q={Uri.EscapeDataString(query)}", ct);
        }

        if (answer.Failure is not null)
        {
            return answer.Failure;
        }

        var records = JsonPath.Find(answer.Body, "records") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToList() : [];
        at = at with { Last = records.Count == 0 ? at.Last : PlaceOf(records[^1]), Next = JsonPath.Text(answer.Body, "nextRecordsUrl") };
        var next = at.Next is null ? at.Step(current, TimeSpan.FromMinutes(SalesforceSettings.Read(access.Settings)!.OverlapMinutes)) : at;
        if (current == SalesforceRelations.Object)
        {
            // All of them were read with their contacts the first time; then who changed is read again.
            (current, records, var failed) = since is null ? (SalesforceRelations.Contact, [], null) : await ContactsAsync(access, door, columns!, records, ct);
            if (failed is not null)
            {
                return failed.Failure!;
            }
        }

        return new PullAnswer.Page([.. records.Select((record, i) => Row(current, record, i + 1))], next.ToText(), !next.IsStart, columns);
    }

    private static SalesforceCursor.Place PlaceOf(JsonElement record) =>
        new(SalesforceDoor.Instant(JsonPath.Text(record, "SystemModstamp")!), JsonPath.Text(record, "Id")!);

    private static ReadRow Row(SalesforceObject current, JsonElement record, int line)
    {
        var fields = JsonObject.Create(record)!;
        fields.Remove("attributes");
        SalesforceRelations.Tell(fields);
        if (fields["MasterRecordId"] is null)
        {
            fields.Remove("MasterRecordId"); // only what was merged away has one
        }

        var row = new JsonObject { ["record"] = current.Name, ["Id"] = JsonPath.Text(record, "Id"), [current.Name] = fields };
        var said = new RowFields(JsonSerializer.SerializeToElement(row)) { IsBesides = path => path == $"{current.Name}.SystemModstamp" };
        return JsonPath.Text(record, "IsDeleted") != "true"
            ? new ReadRow.Kept(line, said, [])
            : new ReadRow.Gone(line, said);
    }

    private static async Task<(SalesforceObject Contact, List<JsonElement> Records, ApiAnswer? Failed)> ContactsAsync(
        SourceAccess access, SalesforceDoor door, IReadOnlyList<string> columns, List<JsonElement> relations, CancellationToken ct)
    {
        var contacts = new List<JsonElement>();
        foreach (var ids in SalesforceRelations.ContactsOf(relations))
        {
            var path = $"{door.Root}/queryAll?q={Uri.EscapeDataString(SalesforceRelations.Contact.Query(access.Feeds, columns, ids))}";
            while (path is not null)
            {
                var answer = await door.GetAsync(path, ct);
                if (answer.Failure is not null)
                {
                    return (SalesforceRelations.Contact, [], answer);
                }

                contacts.AddRange(JsonPath.Find(answer.Body, "records") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : []);
                path = JsonPath.Text(answer.Body, "nextRecordsUrl");
            }
        }

        return (SalesforceRelations.Contact, contacts, null);
    }

    private SalesforceDoor Door(SourceAccess access) => new(calls, tokens, SalesforceSettings.Read(access.Settings)!, access.Secret!);

    // What each object has and this user may read: for the queries, and for alerts on what came and went.
    private async Task<(IReadOnlyList<string>? Columns, ApiAnswer? Failed)> ColumnsAsync(SourceAccess access, SalesforceDoor door, bool afresh, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!afresh && _schemas.TryGetValue(access.Connection, out var known) && known.Until > now)
        {
            return (known.Columns, null);
        }

        var columns = new List<string> { "record", "Id" };
        foreach (var each in SalesforceObject.All)
        {
            var answer = await door.GetAsync($"{door.Root}/sobjects/{each.Name}/describe", ct);
            if (answer.Status == 404 && each == SalesforceRelations.Object)
            {
                continue; // the organisation ties its contacts to one account, or keeps the others from us
            }

            if (answer.Failure is not null)
            {
                return (null, answer);
            }

            columns.AddRange(answer.Body.GetProperty("fields").EnumerateArray().Select(field => $"{each.Name}.{JsonPath.Text(field, "name")}"));
        }

        columns.Add($"{SalesforceRelations.Contact.Name}.{SaidPost.Field}");
        _schemas[access.Connection] = (now + SchemaLife, columns);
        return (columns, null);
    }
}
